import ParleyReports
import ParleyVerbs

/// A verb's row as help.
struct VerbText {
    let spec: ProtocolSpec
    let verb: VerbSpec

    /// `mail REVERSE-PATH [PARAMETERS…]`, its clauses, what it does, what it demands by itself.
    func lines(_ text: LiveText) -> [String] {
        var lines = [text.bold(usage), "  \(verb.help)"]
        lines.append("  without `=>` it demands \(demand)")
        if let capability = verb.requires { lines.append("  the server must offer \(capability)") }
        if !verb.states.isEmpty {
            lines.append(text.dim("  in the states \(verb.states.joined(separator: ", "))"))
        }
        if !verb.reference.isEmpty { lines.append(text.dim("  \(verb.reference)")) }
        return lines
    }

    /// The verb with its arguments and clauses.
    var usage: String {
        let clauses = verb.clauses.map { clause in
            "[\(clause.name)\(clause.slot.map { " \($0.name)" } ?? "")]"
        }
        return ([briefUsage] + clauses).joined(separator: " ")
    }

    /// The verb with its arguments alone.
    var briefUsage: String {
        let slots = verb.slots.map { slot in
            let name = slot.name.uppercased() + (slot.takesRest ? "…" : "")
            return slot.isOptional ? "[\(name)]" : name
        }
        return ([verb.name] + slots).joined(separator: " ")
    }

    /// The natural success class in words.
    var demand: String { verb.success.text }
}
