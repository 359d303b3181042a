import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// A word as the argument of a slot.
    func argument(_ word: Word, _ spec: VerbSpec, _ slot: Int) -> CheckedExpression {
        argument(word, spec.slots[slot], spec)
    }

    /// A word as the argument of a clause.
    func argument(_ word: Word, _ spec: VerbSpec, _ clause: ClauseSpec) -> CheckedExpression {
        guard let slot = clause.slot else { return text(word) }
        return argument(word, slot, spec)
    }

    private func argument(_ word: Word, _ slot: SlotSpec, _ spec: VerbSpec) -> CheckedExpression {
        switch slot.kind {
        case .parameter, .attribute: return parameter(word, slot, spec)
        case .chunk: return chunkContent(word)
        case .content: return text(word, isWord: false)
        default: break
        }
        if let literal = word.literal { return self.literal(literal, word, slot, spec) }
        let value = text(word)
        if slot.kind == .file { refuseSecret(value, in: "the path of a file") }
        if case .template(let pieces, _) = value.form, pieces.count == 1, let piece = pieces.first {
            checkKind(piece, slot)
        }
        return value
    }

    /// What is inserted as a whole argument must be of a kind that can be one.
    private func checkKind(_ value: CheckedExpression, _ slot: SlotSpec) {
        let allowed: [Kind]
        switch slot.kind {
        case .number: allowed = [.int, .code, .string]
        case .sequence: allowed = [.int, .string]
        case .size: allowed = [.size, .int, .string]
        case .path: allowed = [.address, .string]
        case .domain: allowed = [.domain, .string, .ip]
        default: return
        }
        let kind = value.kind.plain
        guard kind != .unknown, !allowed.contains(kind) else { return }
        report(
            .typeMismatch,
            "a value of kind \(value.kind.name) cannot be the \(slot.name)",
            at: value.place.range,
            label: value.kind.name,
            notes: ["it may be: \(allowed.map(\.name).joined(separator: ", "))"]
        )
    }

    /// Checks an argument that is written out.
    private func literal(
        _ literal: String,
        _ word: Word,
        _ slot: SlotSpec,
        _ spec: VerbSpec
    ) -> CheckedExpression {
        let asIs = text(word)
        if slot.kind == .domain || slot.kind == .text && !slot.takesRest { warnOfName(word) }
        func fail(_ message: String, _ help: String?) -> CheckedExpression {
            report(.verbArgument, message, at: word.range, label: "\(slot.name)", help: help)
            return unknown(word.range)
        }
        let sendHelp = "to send it all the same, write `send \(spec.wireName) …`"
        switch slot.kind {
        case .text, .file, .parameter, .attribute, .chunk, .content, .mailbox: return asIs
        case .sequence:
            if MessageSet.isWritten(literal) { return asIs }
            return fail("‘\(literal)’ names no messages", "write numbers: 1, 2:4, 1:*")
        case .path(let allowsNull):
            guard let problem = PathText.problem(literal, allowsNull: allowsNull) else {
                return asIs
            }
            return fail(problem, pathHelp(literal, spec) ?? sendHelp)
        case .domain:
            if HostText.canonicalIP(literal) != nil {
                let bracketed = literal.contains(":") ? "[IPv6:\(literal)]" : "[\(literal)]"
                return fail("an address stands in brackets here", "write \(bracketed)")
            }
            if HostText.isDomainOrLiteral(literal) { return asIs }
            return fail("‘\(literal)’ is neither a domain nor an address literal", sendHelp)
        case .mechanism(let names):
            if names.contains(literal.asciiLowercased) { return asIs }
            report(
                .verbArgument,
                "no SASL mechanism ‘\(literal)’ is spoken here",
                at: word.range,
                notes: ["mechanisms: \(names.joined(separator: " "))"],
                help: suggestion(literal, names)
                    ?? "to name it to the server all the same, write "
                    + "`send \(spec.wireName) \(literal)`"
            )
            return unknown(word.range)
        case .number:
            if !literal.isEmpty, literal.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
                return asIs
            }
            return fail("‘\(literal)’ is no number", "write digits")
        case .size:
            guard let octets = ConstantParser.octets(literal) ?? Int64(literal), octets >= 0 else {
                return fail("‘\(literal)’ is no size", "write a number and its unit: 10MB")
            }
            return make(word.range, .string, .constant(.string("\(octets)")))
        case .keyword(let allowed):
            if allowed.contains(literal) { return asIs }
            return fail(
                "‘\(literal)’ is none of: \(allowed.joined(separator: " "))",
                suggestion(literal, allowed) ?? spec.usage
            )
        }
    }

    private func pathHelp(_ literal: String, _ spec: VerbSpec) -> String? {
        if let meant = insertionMeant(by: literal) { return "write `\(spec.name) \(meant)`" }
        if literal.hasSuffix(",") { return "write one `\(spec.name)` for each address" }
        let isLocalPart = !literal.contains { "<>@,;:()[]{}$% ".contains($0) }
        return isLocalPart
            ? "write `\(spec.name) \(literal)@DOMAIN`; as it is: `send \(spec.wireName) …`" : nil
    }

    func parameterHelp(_ word: Word, _ literal: String, _ spec: VerbSpec) -> String {
        if literal.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) {
            return CodePattern(literal) != nil
                ? "what the server must answer stands behind `=>`: `=> \(literal)`"
                : "write KEYWORD=value, as in `SIZE=\(literal)`"
        }
        if literal.contains("@") { return "write one `\(spec.name)` for each address" }
        return "write KEYWORD or KEYWORD=value"
    }
}
