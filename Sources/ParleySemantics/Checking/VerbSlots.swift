import ParleyDiagnostics
import ParleySyntax
public import ParleyVerbs

/// The words of a statement, told apart.
struct FilledSlots {
    /// Arguments in order; a slot that takes the rest fills several.
    var arguments: [(slot: Int, word: Word)] = []
    /// Clauses in order, with their argument.
    var clauses: [(clause: ClauseSpec, word: Word?)] = []
}

extension Checking {
    /// Fills a verb's slots. The arguments that must be there come first; from then on a word that
    /// begins a clause is the clause, unless it is quoted.
    func fill(_ spec: VerbSpec, _ words: [Word], at verb: SourceRange) -> FilledSlots {
        var filled = FilledSlots()
        let required = spec.slots.prefix { !$0.isOptional }.count
        var slot = 0
        var position = 0
        while position < words.count {
            let word = words[position]
            if slot >= required || filled.arguments.count >= required,
                let clause = spec.clauses.first(where: { begins($0, words[position...]) })
            {
                position += clause.words.count
                var argument: Word?
                if clause.slot != nil {
                    if position < words.count {
                        argument = words[position]
                        position += 1
                    } else {
                        report(
                            .verbUsage,
                            "‘\(clause.name)’ lacks its argument",
                            at: word.range,
                            help: spec.usage
                        )
                    }
                }
                if filled.clauses.contains(where: { $0.clause.name == clause.name }) {
                    report(.verbUsage, "‘\(clause.name)’ stands here twice", at: word.range)
                } else {
                    filled.clauses.append((clause, argument))
                }
                continue
            }
            guard slot < spec.slots.count else {
                reportTooMany(spec, word, behind: position > 0 ? words[position - 1].literal : nil)
                break
            }
            filled.arguments.append((slot, word))
            if !spec.slots[slot].takesRest { slot += 1 }
            position += 1
        }
        let given = Set(filled.arguments.map(\.slot))
        if let missing = spec.slots.indices.first(where: { $0 < required && !given.contains($0) }) {
            report(
                .verbUsage,
                "‘\(spec.name)’ lacks its \(spec.slots[missing].name)",
                at: verb,
                help: spec.usage
            )
        }
        return filled
    }

    private func begins(_ clause: ClauseSpec, _ words: ArraySlice<Word>) -> Bool {
        guard words.count >= clause.words.count else { return false }
        return zip(words, clause.words).allSatisfy { !$0.isQuoted && $0.literal == $1 }
    }

    private func reportTooMany(_ spec: VerbSpec, _ word: Word, behind before: String?) {
        var help = spec.usage
        let literal = word.literal ?? ""
        if spec === Self.connectSpec, let meant = connectHelp(word, behind: before) {
            help = meant
        } else if CodePattern(literal) != nil, !word.isQuoted {
            help = "what the server must answer stands behind `=>`: `\(spec.name) => \(literal)`"
        } else if spec.success == .positiveIntermediate {
            help = "what it announces is sent line by line behind it: `send …`, at last `send .`"
        } else if let literal = word.literal,
            let near = Suggestion.nearest(to: literal, among: spec.clauses.map { $0.words[0] }),
            let clause = spec.clauses.first(where: { $0.words[0] == near })
        {
            help = "did you mean ‘\(clause.name)’? \(help)"
        }
        report(
            .verbUsage,
            "‘\(spec.name)’ does not take this",
            at: word.range,
            label: spec.slots.isEmpty ? "no argument is due" : "one too many",
            help: help
        )
    }
}

extension VerbSpec {
    /// How the verb is written: `usage: mail REVERSE-PATH [PARAMETERS…]`.
    public var usage: String {
        var words = [name]
        for slot in slots {
            let text = slot.usage + (slot.takesRest ? "…" : "")
            words.append(slot.isOptional ? "[\(text)]" : text)
        }
        for clause in clauses {
            let argument = clause.slot.map { " \($0.usage)" } ?? ""
            words.append("[\(clause.name)\(argument)]")
        }
        return "usage: " + words.joined(separator: " ")
    }
}

extension SlotSpec {
    /// What stands in the slot: the words to choose from as they are typed, else a name in
    /// capitals.
    var usage: String {
        guard case .keyword(let words) = kind else {
            return name.contains("|") ? name : name.asciiUppercased
        }
        return words.joined(separator: "|")
    }
}
