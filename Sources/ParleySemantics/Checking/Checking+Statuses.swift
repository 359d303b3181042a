import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

/// Arrows on sessions whose protocol answers in words: `=> OK`, `=> NO [NONEXISTENT]`.
extension Checking {
    /// What is demanded where the script says nothing.
    func naturalAlternatives(
        _ natural: ReplyClass,
        _ role: ArrowRole,
        _ spec: ProtocolSpec?
    ) -> [CheckedAlternative] {
        guard let spec, spec.answersInWords else { return Self.alternatives(natural) }
        let words: [StatusWord] =
            switch role {
            // A greeting that needs no login is as good.
            case .greeting: [.ok, .preauth]
            case .reply: [.ok, .continuation]
            case .verb, .octets: [.ok]
            }
        return words.map { CheckedAlternative(status: $0, text: $0.rawValue) }
    }

    /// An alternative that begins with a word of the protocol.
    func status(
        _ word: StatusWord,
        _ written: Alternative,
        _ pattern: CheckedPattern?,
        _ role: ArrowRole,
        _ spec: ProtocolSpec
    ) -> CheckedAlternative? {
        if case .octets = role {
            report(
                .verbExpectation,
                "what comes here is judged by its text alone",
                at: written.range,
                help: "write `matching /…/`, or `receive reply => \(word.rawValue)`"
            )
            return nil
        }
        if written.enhanced != nil { return refuseCode(written, spec) }
        let isOfGreeting = word == .preauth || word == .bye
        if case .greeting = role, !isOfGreeting, word != .ok {
            report(
                .verbExpectation,
                "no greeting says ‘\(word.rawValue)’",
                at: written.range,
                help: "a greeting says OK, PREAUTH or BYE"
            )
            return nil
        }
        if case .verb = role, word == .preauth || word == .continuation {
            report(
                .verbExpectation,
                "no command is answered with ‘\(word.rawValue)’",
                at: written.range,
                help: "a command is answered with OK, NO or BAD; BYE ends the session"
            )
            return nil
        }
        return CheckedAlternative(
            status: word,
            responseCode: written.responseCode?.text,
            pattern: pattern,
            text: source.text(written.range)
        )
    }

    /// An alternative without a word: `matching /…/` alone is fine, a code is not.
    func inWords(
        _ written: Alternative,
        _ pattern: CheckedPattern?,
        _ spec: ProtocolSpec
    ) -> CheckedAlternative? {
        if let code = written.responseCode {
            report(
                .verbExpectation,
                "a response code stands behind a word",
                at: code.range,
                help: "write `=> NO [\(code.text)]`"
            )
            return nil
        }
        guard written.code == nil, written.enhanced == nil else {
            return refuseCode(written, spec)
        }
        guard let pattern else { return nil }
        return CheckedAlternative(pattern: pattern, text: source.text(written.range))
    }

    private func refuseCode(_ written: Alternative, _ spec: ProtocolSpec) -> CheckedAlternative? {
        report(
            .verbExpectation,
            "\(spec.name) answers with words, not with codes",
            at: written.range,
            help: "write a word: \(Self.words(of: spec)); the response code stands behind it, "
                + "as in `=> NO [NONEXISTENT]`"
        )
        return nil
    }

    /// `search … as hits`: what is found becomes a value in later work; the reply is one now.
    func reportReservedResult(_ verb: VerbStatement, _ spec: VerbSpec) -> Bool {
        guard spec.hasReservedResult, !verb.tail.bindsReply, let name = verb.tail.binding else {
            return false
        }
        reportReserved(
            "the result of ‘\(spec.name)’ as a value",
            at: name.range,
            help: "for the reply, write `\(spec.name) … => OK as \(name.text)`"
        )
        return true
    }

    /// A word that the protocol does not say.
    func refuseForeignWord(
        _ word: String,
        _ spec: ProtocolSpec,
        _ refuse: (String, String?) -> CheckedAlternative?
    ) -> CheckedAlternative? {
        if let meant = StatusWord(rawValue: word.asciiUppercased), spec.statuses.contains(meant) {
            return refuse("‘\(word)’ is no answer", "write `\(meant.rawValue)`")
        }
        if ["+OK", "-ERR"].contains(word.asciiUppercased) {
            return refuse(
                "‘\(word)’ is an answer of POP3",
                "write a word: \(Self.words(of: spec))"
            )
        }
        let known = LanguageTables.answers + spec.statuses.map(\.rawValue)
        return refuse(
            "‘\(word)’ is no answer of \(spec.name)",
            suggestion(word, known) ?? "write \(Self.words(of: spec)), any, closed or timeout"
        )
    }

    private static func words(of spec: ProtocolSpec) -> String {
        spec.statuses.filter { $0 != .continuation }.map(\.rawValue).joined(separator: ", ")
    }
}
