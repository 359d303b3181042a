import ParleySemantics
import ParleySyntax
import ParleyVerbs
import ParleyWire

extension AssistedPlace {
    /// What may stand in an expression that begins there.
    ///
    /// - Parameter statement: the first word of the statement whose clauses may follow it; none
    ///   follow an insertion.
    mutating func proposeExpression(from begin: Int, of statement: String? = nil) {
        let expression = TypedExpression(typed.bytes, begin, typed.offset)
        restart(at: expression.start)
        switch expression.place {
        case .nothing: return
        case .operand:
            if statement != nil, proposeBound(behind: expression) { return }
            proposeValues(withConstants: true)
        case .member(let operand): proposeFields(of: text(operand))
        case .capability: proposeCapabilities()
        case .offered(let capability):
            if capability.asciiUppercased == "AUTH" {
                proposals.add(SASLMechanisms.names, .value, help: "a SASL mechanism")
            }
        case .event:
            proposals.add(registry.verbNames + LanguageTables.serverEvents, .verb)
        case .string(let function, let start):
            let readers: Set<String> = ["lines", "csv", "json", "read"]
            guard let function, readers.contains(function) else { return }
            proposeFile(
                from: start,
                text(start..<typed.offset)
            )
        case .behind(let operand):
            proposeOperators(behind: text(operand..<expression.start))
            if expression.isOutermost, let statement {
                proposeTail(of: statement, behind: expression.outerWords)
            }
        }
    }

    private func text(_ range: Range<Int>) -> String {
        let bytes = typed.bytes[range].map { $0 < 0x20 ? 0x20 : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: - Values

    /// Names, attributes of the session, functions and constants.
    mutating func proposeValues(withConstants: Bool) {
        for name in surroundings.names {
            let kind = name.kindName(in: surroundings)
            switch name.meaning {
            case .value: proposals.add(Proposal(name.name, .variable, detail: kind))
            case .session: proposals.add(Proposal(name.name, .session, detail: kind))
            case .server(isStarted: true):
                proposals.add(Proposal(name.name, .server, detail: kind))
            case .server, .dialogue: break
            }
        }
        if session != nil {
            proposeAttributes()
            proposals.add(
                Proposal("offers", .symbol, detail: "CAPABILITY", help: "what EHLO advertised")
            )
        }
        proposals.add(LanguageTables.namespaces, .variable)
        if withConstants {
            proposals.add(Proposal("not", .symbol, help: "the opposite"))
            proposals.add(Keywords.constants, .value)
        }
        for signature in BuiltinSignatures.all {
            proposals.add(
                Proposal(
                    signature.builtin.rawValue,
                    .function,
                    detail: "\(signature.usage): \(signature.result.name)",
                    help: signature.help
                )
            )
        }
    }

    /// What a session knows of itself: `state`, `tls`.
    private mutating func proposeAttributes() {
        for attribute in SessionAttribute.allCases {
            proposals.add(
                Proposal(
                    attribute.rawValue,
                    .field,
                    detail: KindFields.kind(of: attribute).name,
                    help: KindFields.help(of: attribute)
                )
            )
        }
    }

    private mutating func proposeFields(of operand: String) {
        if LanguageTables.namespaces.contains(operand) {
            return proposals.add(LanguageTables.fields(of: operand), .field)
        }
        guard let kind = surroundings.kind(of: operand, registry: registry)?.plain else { return }
        if kind == .session {
            return proposeAttributes()
        }
        for row in KindFields.rows(of: kind) {
            proposals.add(
                Proposal(row.field.rawValue, .field, detail: row.kind.name, help: row.help)
            )
        }
    }

    private mutating func proposeCapabilities() {
        let offered = speaksOnCurrent ? assistant.capabilities?.keywords ?? [] : []
        // A server chooses its keywords; what is no keyword is not typed into a person's line.
        let keywords = offered.filter { keyword in
            keyword.utf8.allSatisfy { TypedExpression.isNameByte($0) || $0 == UInt8(ascii: "-") }
        }
        proposals.add(keywords, .capability, help: "offered")
        let verbs = session?.spec?.verbs ?? registry.protocols.flatMap(\.verbs)
        for spec in verbs {
            let rows = spec.parameters.flatMap { [$0.requires] + Array($0.requiresForValue.values) }
            for name in ([spec.requires] + rows).compactMap({ $0 }) {
                proposals.add(
                    Proposal(
                        name,
                        .capability,
                        obstacle: isOffered(name) ? "" : "not offered"
                    )
                )
            }
        }
        for name in ["PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES"] {
            proposals.add(
                Proposal(name, .capability, obstacle: isOffered(name) ? "" : "not offered")
            )
        }
    }

    // MARK: - Operators and clauses

    private mutating func proposeOperators(behind operand: String) {
        let kind = surroundings.kind(of: operand, registry: registry)?.plain
        for word in Keywords.operators where !["not", "offers"].contains(word) {
            if word == "covers", kind.map({ $0 != .certificate }) ?? false { continue }
            if word == "same-as", kind.map({ $0 != .record }) ?? false { continue }
            proposals.add(Proposal(word, .symbol))
        }
        if kind == nil || kind == .certificate {
            proposals.add(Keywords.predicates, .symbol, help: "what DANE says of the certificate")
        }
        if kind == nil || kind == .log {
            proposals.add(
                Proposal("count", .symbol, detail: "VERB", help: "how often it was said")
            )
        }
        if operand.isEmpty || kind == nil {
            proposals.add(Proposal("ignoring", .symbol, detail: "[HEADERS]"))
        }
    }

    /// The clauses that may follow a complete expression of a statement.
    private mutating func proposeTail(of statement: String, behind words: [String]) {
        switch statement {
        case "expect":
            proposals.add(
                Proposal("else", .clause, detail: "warn", help: "a failure is a warning only")
            )
        case "measure":
            proposals.add(Proposal("warn", .clause, detail: "> VALUE", help: "a warning beyond"))
            proposals.add(Proposal("fail", .clause, detail: "> VALUE", help: "a failure beyond"))
        case "for":
            proposals.add(
                Proposal("parallel", .clause, detail: "N", help: "so many rounds at a time")
            )
            proposals.add(Proposal("within", .clause, detail: "DURATION", help: "the time limit"))
        case "repeat":
            proposals.add(Proposal("within", .clause, detail: "DURATION", help: "the time limit"))
        default: break
        }
    }

    /// Behind `else` stands `warn`, behind `within` a duration; whether the cursor stands there.
    private mutating func proposeBound(behind expression: TypedExpression) -> Bool {
        switch expression.outerWords.last {
        case "else":
            proposals.add(Proposal("warn", .clause, help: "a failure is a warning only"))
            return true
        case "within":
            proposeDurations()
            return true
        default: return false
        }
    }
}
