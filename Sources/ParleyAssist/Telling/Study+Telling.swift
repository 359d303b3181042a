import ParleyDiagnostics
public import ParleySemantics
public import ParleySyntax
import ParleyVerbs
import ParleyWire

extension Study {
    /// What can be told of what stands at a place: a name's kind, a verb's row, its meaning, a
    /// reason.
    ///
    /// - Parameter explain: tells what a reason or a code means, line by line.
    public func telling(
        at offset: Int,
        explain: (String) -> [String]? = { _ in nil }
    ) -> Telling? {
        if let occurrence = names.occurrence(at: offset, in: tree.source) {
            return telling(occurrence)
        }
        if let field = names.field(at: offset, in: tree.source) {
            return Telling(
                field.place.range,
                "\(field.name): \(field.kind.name)",
                [field.help]
            )
        }
        guard let token = tree.token(at: offset) else { return nil }
        let text = tree.source.text(token.range)
        let place = AssistedPlace(
            Assistant(self, at: offset),
            TypedText(tree.source, at: token.range.end, separatesAtSemicolons: false)
        )
        switch token.kind {
        case .verb: return verb(text, token.range, place)
        case .keyword: return keyword(text, token.range)
        case .number: return number(text, token.range)
        case .name: return name(text, token.range)
        case .word: return word(text, token.range, place, explain)
        case .symbol where Keywords.operators.contains(text):
            return Telling(token.range, text, ["an operator of expressions"])
        default: return nil
        }
    }

    private func telling(_ occurrence: NameIndex.Occurrence) -> Telling {
        let kind: String
        switch occurrence.meaning {
        case .value(let value): kind = value.name
        case .session: kind = "session"
        case .server: kind = "server"
        case .dialogue(let parameters):
            let list = parameters.map { parameter in
                parameter.name.text + (parameter.kind.map { ": \($0.text)" } ?? "")
            }
            return Telling(
                occurrence.place.range,
                "dialogue \(occurrence.name)(\(list.joined(separator: ", ")))",
                ["bound at \(occurrence.definition.description)"]
            )
        }
        return Telling(
            occurrence.place.range,
            "\(occurrence.name): \(kind)",
            occurrence.isDefinition ? [] : ["bound at \(occurrence.definition.description)"]
        )
    }

    private func verb(_ text: String, _ range: SourceRange, _ place: AssistedPlace) -> Telling? {
        if place.block?.word == "server" || place.block?.word == "connection" {
            let spec = Protocols.registry.protocols.lazy.compactMap { $0.verb(text) }.first
            let help = spec?.help ?? "what a scripted server hears"
            return Telling(range, "on \(text)", [help, spec?.reference ?? ""])
        }
        guard let spec = place.verb(text) else { return nil }
        let hint = place.assistant.hint(for: spec, of: place.answering(spec))
        let arrow = hint.success.isEmpty ? "" : " => \(hint.success)"
        var lines = [spec.help]
        if spec.isReserved { lines.append("not carried out yet") }
        if let extension_ = spec.requires { lines.append("the server must offer \(extension_)") }
        if !spec.states.isEmpty {
            lines.append("in the states \(spec.states.joined(separator: ", "))")
        }
        lines.append(spec.reference)
        return Telling(range, hint.usage + arrow, lines)
    }

    private func keyword(_ text: String, _ range: SourceRange) -> Telling? {
        if let statement = Keywords.statement(text) {
            return Telling(range, text, [statement.help])
        }
        if let meaning = ReplyMeaning.word(text) { return Telling(range, text, [meaning]) }
        if ServerDeclaration.settingNames.contains(text) {
            return Telling(range, LanguageTables.usage(ofSetting: text))
        }
        if let action = ServerAction.words.first(where: { $0.word == text }) {
            return Telling(range, action.usage, [action.help])
        }
        return nil
    }

    private func number(_ text: String, _ range: SourceRange) -> Telling? {
        if let code = CodePattern(text), let meaning = ReplyMeaning.code(code) {
            return Telling(range, text, [meaning])
        }
        if let enhanced = EnhancedPattern(text) {
            let meaning = ReplyMeaning.enhanced(enhanced)
            return Telling(range, text, [meaning, "RFC 3463"])
        }
        switch Literal.read(text) {
        case .size(let octets): return Telling(range, text, ["\(octets) octets"])
        case .duration(let nanoseconds):
            return Telling(range, text, ["\(Double(nanoseconds) / 1e9) seconds"])
        default: return nil
        }
    }

    private func name(_ text: String, _ range: SourceRange) -> Telling? {
        if let attribute = SessionAttribute(rawValue: text) {
            return Telling(
                range,
                "\(text): \(KindFields.kind(of: attribute).name)",
                [KindFields.help(of: attribute)]
            )
        }
        if let signature = BuiltinSignatures.named(text) {
            return Telling(
                range,
                "\(signature.usage): \(signature.result.name)",
                [signature.help]
            )
        }
        return self.protocolName(text, range)
    }

    private func protocolName(_ text: String, _ range: SourceRange) -> Telling? {
        guard let spec = Protocols.registry[text] else { return nil }
        let port = spec.defaultPort.map { "port \($0)" } ?? "no port of its own"
        let tls = spec.isImplicitTLS ? "TLS from the first octet" : ""
        return Telling(range, "protocol \(text)", [port, tls])
    }

    /// A word of a verb: a parameter, a mechanism, a protocol, a reason.
    private func word(
        _ text: String,
        _ range: SourceRange,
        _ place: AssistedPlace,
        _ explain: (String) -> [String]?
    ) -> Telling? {
        guard let first = place.words.first?.text else { return nil }
        if let meaning = ReplyMeaning.word(text), place.words.contains(where: { $0.text == "=>" }) {
            return Telling(range, text, [meaning])
        }
        if first == "connect" || first == "server" {
            if let protocolName = protocolName(text, range) { return protocolName }
        }
        if place.words.last?.text == "fails", let lines = explain(text) {
            return Telling(range, text, lines)
        }
        guard let spec = place.verb(first) else { return nil }
        let name = String(text.prefix { $0 != "=" })
        if let row = spec.parameter(name) {
            let needs = row.requires.map { "the server must offer \($0)" } ?? ""
            return Telling(range, row.usage, [row.help, needs, row.reference])
        }
        if let clause = spec.clauses.first(where: { $0.words.contains(text) }) {
            return Telling(range, VerbUsage.text(of: clause), ["a clause of ‘\(first)’"])
        }
        return nil
    }
}

extension SyntaxTree {
    /// The token at a place; where two meet, the one that says more.
    public func token(at offset: Int) -> Token? {
        var (low, high) = (0, tokens.count)
        while low < high {
            let middle = (low + high) / 2
            if tokens[middle].range.end <= offset { low = middle + 1 } else { high = middle }
        }
        guard low < tokens.count else { return tokens.last }
        let token = tokens[low]
        let isTrivia = [.space, .newline, .comment].contains(token.kind)
        if isTrivia, token.range.start == offset, low > 0 { return tokens[low - 1] }
        return token
    }
}
