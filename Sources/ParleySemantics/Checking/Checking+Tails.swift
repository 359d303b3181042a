import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// What an arrow judges.
    enum ArrowRole {
        case greeting
        case verb(String)
        case reply
        /// `receive line|bytes|until`: text without a code.
        case octets
    }

    /// What a statement's reply must be; where the script says nothing, the natural class.
    func expectation(
        _ tail: Tail,
        natural: ReplyClass?,
        role: ArrowRole,
        _ spec: ProtocolSpec?,
        _ statement: Statement
    ) -> CheckedExpectation {
        let alternatives: [CheckedAlternative]
        if let arrow = tail.arrow {
            alternatives = arrow.alternatives.compactMap { alternative($0, role, spec) }
        } else {
            alternatives = natural.map { naturalAlternatives($0, role, spec) } ?? []
        }
        return CheckedExpectation(
            alternatives: alternatives,
            isExplicit: tail.arrow != nil,
            isSoftened: tail.softened != nil,
            place: place(tail.arrow?.range ?? statement.range)
        )
    }

    static func alternatives(_ natural: ReplyClass) -> [CheckedAlternative] {
        let completion = CheckedAlternative(
            code: CodePattern(lowest: 200, highest: 299),
            text: "2xx"
        )
        let intermediate = CheckedAlternative(
            code: CodePattern(lowest: 300, highest: 399),
            text: "3xx"
        )
        return switch natural {
        case .positiveCompletion: [completion]
        case .positiveIntermediate: [intermediate]
        case .positive: [completion, intermediate]
        case .code(let code):
            [CheckedAlternative(code: CodePattern(lowest: code, highest: code), text: "\(code)")]
        case .ok: [CheckedAlternative(status: .ok, text: "OK")]
        }
    }

    private func alternative(
        _ written: Alternative,
        _ role: ArrowRole,
        _ spec: ProtocolSpec?
    ) -> CheckedAlternative? {
        let pattern = written.pattern.map { self.pattern($0) }
        let text = source.text(written.range)
        func refuse(_ message: String, _ help: String?) -> CheckedAlternative? {
            report(
                .verbExpectation,
                message,
                at: written.keyword?.range ?? written.range,
                help: help
            )
            return nil
        }
        guard let keyword = written.keyword else {
            if case .octets = role {
                guard written.code == nil, written.enhanced == nil else {
                    return refuse("what comes here has no code", "write `receive reply => \(text)`")
                }
                return CheckedAlternative(outcome: .any, pattern: pattern, text: text)
            }
            if let spec, spec.answersInWords {
                return inWords(written, pattern, spec)
            }
            if let code = written.responseCode {
                return refuse(
                    "‘[\(code.text)]’ is a response code of IMAP, and stands behind a word",
                    "a reply of \(spec?.name ?? "the protocol") begins with a code: 250, 25x, 2xx"
                )
            }
            if case .greeting = role, spec?.hasGreeting == false {
                return refuse(
                    "\(spec?.name ?? "") has no greeting",
                    "read it with `receive line`"
                )
            }
            guard written.code != nil || written.enhanced != nil || pattern != nil else {
                return nil
            }
            return CheckedAlternative(
                code: written.code,
                enhanced: written.enhanced,
                pattern: pattern,
                text: text
            )
        }
        if let spec, let word = StatusWord(rawValue: keyword.text), spec.statuses.contains(word) {
            return status(word, written, pattern, role, spec)
        }
        if let code = written.responseCode {
            return refuse("‘\(keyword.text)’ has no response code", "leave [\(code.text)] out")
        }
        switch keyword.text {
        case "any": return CheckedAlternative(outcome: .any, pattern: pattern, text: text)
        case "closed", "timeout":
            guard pattern == nil else {
                return refuse("‘\(keyword.text)’ has no text to match", "leave `matching` out")
            }
            return CheckedAlternative(
                outcome: keyword.text == "closed" ? .closed : .timeout,
                text: text
            )
        case "refused":
            guard case .greeting = role else {
                return refuse(
                    "only `connect` can be refused",
                    "a server that refuses a command answers 5xx"
                )
            }
            guard pattern == nil else {
                return refuse("‘refused’ has no text to match", "leave `matching` out")
            }
            return CheckedAlternative(outcome: .refused, text: text)
        case let word: return refuseWord(word, spec, refuse)
        }
    }

    /// Words that belong to other protocols or to none.
    private func refuseWord(
        _ word: String,
        _ spec: ProtocolSpec?,
        _ refuse: (String, String?) -> CheckedAlternative?
    ) -> CheckedAlternative? {
        let known = LanguageTables.answers
        if let spec, spec.answersInWords { return refuseForeignWord(word, spec, refuse) }
        switch word.asciiUppercased {
        case "OK", "NO", "BAD", "BYE", "PREAUTH", "+OK", "-ERR":
            return refuse(
                "\(spec?.name ?? "the protocol") answers with codes, not with ‘\(word)’",
                "write a code: 250, 25x, 2xx"
            )
        case "FOUND", "NXDOMAIN", "NODATA", "SERVFAIL", "BOGUS":
            return refuse("‘\(word)’ is an answer to `resolve` only", nil)
        default:
            return refuse(
                "‘\(word)’ is no answer",
                suggestion(word, known)
                    ?? "write a code (250, 25x, 2xx), an enhanced code, or any, closed, timeout"
            )
        }
    }
}
