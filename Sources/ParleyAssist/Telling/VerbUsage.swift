import ParleyVerbs

/// How a verb is written, for people.
enum VerbUsage {
    /// The arguments: `REVERSE-PATH [PARAMETERS…]`.
    static func slots(of spec: VerbSpec) -> String {
        spec.slots.map { slot in
            let text = text(of: slot) + (slot.takesRest ? "…" : "")
            return slot.isOptional ? "[\(text)]" : text
        }
        .joined(separator: " ")
    }

    /// The verb with its arguments and, unless they are too many for a line, its clauses.
    static func line(of spec: VerbSpec) -> String {
        var words = [spec.name, slots(of: spec)].filter { !$0.isEmpty }
        if spec.clauses.count <= 6 {
            words += spec.clauses.map { "[\(text(of: $0))]" }
        } else {
            words.append("[CLAUSES…]")
        }
        return words.joined(separator: " ")
    }

    /// A clause with its argument: `verify full|chain|none`.
    static func text(of clause: ClauseSpec) -> String {
        clause.name + (clause.slot.map { " " + text(of: $0) } ?? "")
    }

    private static func text(of slot: SlotSpec) -> String {
        if case .keyword(let words) = slot.kind { return words.joined(separator: "|") }
        return slot.name.contains("|") ? slot.name : slot.name.asciiUppercased
    }
}
