public import ParleyDiagnostics
import ParleySemantics
import ParleySyntax
import ParleyVerbs

extension Assistant {
    /// What the verb, the statement or the function under the cursor takes and expects.
    public struct Hint: Hashable, Sendable {
        /// How it is written: `mail REVERSE-PATH [PARAMETERS…] [unoffered]`.
        public var usage: String
        /// Which reply it demands where the script says nothing: `2xx`; empty if none.
        public var success: String
        /// One line on it.
        public var help: String
        /// Where it is defined; may be empty.
        public var reference: String
        /// The arguments of a function, and the one that the cursor stands in.
        public var arguments: [String]
        /// Which of ``arguments`` is due.
        public var argument: Int?

        /// All on one line: `mail REVERSE-PATH … => 2xx: begin a transaction …`.
        public var line: String {
            let arrow = success.isEmpty ? "" : " => \(success)"
            return usage + arrow + (help.isEmpty ? "" : ": \(help)")
        }
    }

    /// The hint for a place of a text; `nil` where nothing helps.
    public func hint(for source: SourceText, at offset: Int) -> Hint? {
        let typed = TypedText(source, at: offset, separatesAtSemicolons: isConversation)
        let place = AssistedPlace(self, typed)
        guard !typed.isInText, place.ending != .comment,
            let first = place.words.first ?? (place.rest.text.isEmpty ? nil : place.rest)
        else { return nil }
        if case .insertion(let inner) = place.ending {
            if let hint = functionHint(typed, from: inner) { return hint }
        }
        if ["server", "connection"].contains(place.block?.word) {
            return serverHint(first.text)
        }
        if let statement = Keywords.statement(first.text) {
            if let hint = functionHint(typed, from: first.end) { return hint }
            return Hint(
                usage: statement.word,
                success: "",
                help: statement.help,
                reference: "",
                arguments: [],
                argument: nil
            )
        }
        guard let spec = place.verb(first.text), !spec.isReserved else {
            return isConversation ? functionHint(typed, from: first.start) : nil
        }
        return hint(for: spec, of: place.answering(spec))
    }

    /// The hint for a verb.
    func hint(for spec: VerbSpec, of protocolSpec: ProtocolSpec?) -> Hint {
        let isProtocolVerb = LanguageTables.wordStatement(spec.name) == nil
        let natural = protocolSpec.map(\.statuses.isEmpty) ?? true ? spec.success : .ok
        let success =
            isProtocolVerb || spec.name == "connect" ? natural.text : ""
        return Hint(
            usage: VerbUsage.line(of: spec),
            success: success,
            help: spec.help,
            reference: spec.reference,
            arguments: [],
            argument: nil
        )
    }

    private func functionHint(_ typed: TypedText, from begin: Int) -> Hint? {
        let expression = TypedExpression(typed.bytes, min(begin, typed.offset), typed.offset)
        guard let call = expression.calls.last else { return nil }
        if let signature = BuiltinSignatures.named(call.name) {
            return Hint(
                usage: "\(signature.usage): \(signature.result.name)",
                success: "",
                help: signature.help,
                reference: "",
                arguments: Self.arguments(of: signature.usage),
                argument: call.argument
            )
        }
        guard case .dialogue(let parameters)? = surroundings.name(call.name)?.meaning else {
            return nil
        }
        let names = parameters.map { parameter in
            parameter.name.text + (parameter.kind.map { ": \($0.text)" } ?? "")
        }
        return Hint(
            usage: "do \(call.name)(\(names.joined(separator: ", ")))",
            success: "",
            help: "a dialogue of this script",
            reference: "",
            arguments: names,
            argument: call.argument
        )
    }

    /// `["key", "x"]` of `hmac(key, x)`.
    private static func arguments(of usage: String) -> [String] {
        guard let open = usage.firstIndex(of: "("), let close = usage.lastIndex(of: ")") else {
            return []
        }
        return usage[usage.index(after: open)..<close].split(separator: ",")
            .map { String($0.drop { $0 == " " }) }
    }

    private func serverHint(_ word: String) -> Hint? {
        let usage: String
        switch word {
        case "on": usage = "on VERB [/PATTERN/] [before|after tls|auth] [first|nth N|after N] => …"
        case "greet": usage = "greet [first|nth N|after N] => CODE \"TEXT\""
        case "at": usage = "at most N connections => …"
        case "connection": usage = "connection N|N..|N..M {"
        case _ where ServerDeclaration.settingNames.contains(word):
            usage = LanguageTables.usage(ofSetting: word)
        default: return nil
        }
        return Hint(
            usage: usage,
            success: "",
            help: "",
            reference: "",
            arguments: [],
            argument: nil
        )
    }
}
