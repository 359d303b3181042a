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
        func fail(_ message: String, _ help: String?) -> CheckedExpression {
            report(.verbArgument, message, at: word.range, label: "\(slot.name)", help: help)
            return unknown(word.range)
        }
        let sendHelp = "to send it all the same, write `send \(spec.wireName) …`"
        switch slot.kind {
        case .text, .file: return asIs
        case .path(let allowsNull):
            guard let problem = PathText.problem(literal, allowsNull: allowsNull) else {
                return asIs
            }
            return fail(problem, sendHelp)
        case .domain:
            if HostText.canonicalIP(literal) != nil {
                let bracketed = literal.contains(":") ? "[IPv6:\(literal)]" : "[\(literal)]"
                return fail("an address stands in brackets here", "write \(bracketed)")
            }
            if HostText.isDomainOrLiteral(literal) { return asIs }
            return fail("‘\(literal)’ is neither a domain nor an address literal", sendHelp)
        case .parameter:
            if Self.isParameter(literal) { return asIs }
            return fail("‘\(literal)’ is no ESMTP parameter", "write KEYWORD or KEYWORD=value")
        case .mechanism:
            let isName =
                (1...20).contains(literal.utf8.count)
                && literal.asciiUppercased.utf8.allSatisfy { byte in
                    byte >= 0x41 && byte <= 0x5A || byte >= 0x30 && byte <= 0x39 || byte == 0x2D
                        || byte == 0x5F
                }
            return isName
                ? asIs
                : fail("‘\(literal)’ is no SASL mechanism", "write best, scram-sha-256, plain …")
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

    /// RFC 5321 §4.1.2, esmtp-param.
    private static func isParameter(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false)
        guard let keyword = parts.first, let first = keyword.first, first != 0x2D else {
            return false
        }
        let isKeyword = keyword.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
            default: false
            }
        }
        guard isKeyword, parts.count == 2 else { return isKeyword }
        return !parts[1].isEmpty && parts[1].allSatisfy { $0 > 0x20 && $0 != 0x3D && $0 != 0x7F }
    }
}
