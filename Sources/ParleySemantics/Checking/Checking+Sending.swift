import ParleyDiagnostics
import ParleyMail
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// `send [raw|lf|cr|long N] words [in clear]`
    func send(_ verb: VerbStatement, _ statement: Statement) -> CheckedStatement.Kind? {
        refusePattern(verb)
        guard let info = currentSession(at: verb.verb.range, for: "`send`") else {
            ignore(verb)
            return nil
        }
        var words = verb.words[...]
        func isWord(_ word: Word?, _ text: String) -> Bool {
            word.map { !$0.isQuoted && $0.literal == text } ?? false
        }
        let framing = framing(&words)
        let isRaw = if case .raw = framing { true } else { false }
        let allowsClear =
            words.count > 2 && isWord(words.last, "clear") && isWord(words.dropLast().last, "in")
        if allowsClear { words = words.dropLast(2) }
        if isRaw, words.isEmpty {
            report(
                .verbUsage,
                "`send raw` lacks what to send",
                at: verb.verb.range,
                help: "send raw \"octets\\r\\n\""
            )
        }
        let text = joined(Array(words), at: verb.verb.range, isWord: !isRaw)
        var expectation: CheckedExpectation?
        if verb.tail.arrow != nil || verb.tail.softened != nil {
            expectation = self.expectation(
                verb.tail,
                natural: .positive,
                role: .reply,
                info.spec,
                statement
            )
        }
        var binding: Variable?
        if let expectation {
            binding = bindReply(verb.tail, expectation, of: info.spec)
        } else if let name = verb.tail.binding {
            report(
                .verbTail,
                "`send` reads nothing, so there is nothing to name",
                at: name.range,
                help: "read the reply: `send … => any as \(name.text)`, or `receive reply as …`"
            )
            bind(name, .unknown)
        }
        let limit = limit(verb.tail.within)
        guard info.spec != nil else { return nil }
        return .send(
            CheckedSend(
                session: info.slot,
                text: text,
                framing: framing,
                allowsClear: allowsClear,
                expectation: expectation,
                within: limit,
                binding: binding
            )
        )
    }

    /// `10KB`, or digits alone.
    private func octets(_ literal: String) -> Int64? {
        ConstantParser.octets(literal) ?? Int64(literal).flatMap { $0 < 0 ? nil : $0 }
    }

    /// Takes the word off that says how a line is framed.
    private func framing(_ words: inout ArraySlice<Word>) -> CheckedSend.Framing {
        guard let first = words.first, !first.isQuoted, let form = first.literal else {
            return .line(.crlf)
        }
        switch form {
        case "raw":
            words = words.dropFirst()
            return .raw
        case "lf", "cr":
            words = words.dropFirst()
            return .line(form == "lf" ? .lf : .cr)
        case "long":
            words = words.dropFirst()
            guard let length = words.first,
                length.soleInsertion != nil || length.literal.flatMap(octets) != nil
            else {
                report(
                    .verbUsage,
                    "`send long` lacks the length of the line",
                    at: first.range,
                    help: "send long 1001 NOOP; a line that begins with ‘long’ is quoted"
                )
                return .line(.crlf)
            }
            words = words.dropFirst()
            if let octets = length.literal.flatMap(octets) {
                return .long(make(length.range, .int, .constant(.int(Int(octets)))))
            }
            return .long(self.word(length, as: .int, what: "a number of octets"))
        default:
            return .line(.crlf)
        }
    }

    /// `body CONTENT [unstuffed] [lf|cr] [ending OCTETS] [unfinished] [in clear]`
    func body(_ verb: VerbStatement, _ statement: Statement) -> CheckedStatement.Kind? {
        guard let info = currentSession(at: verb.verb.range, for: "‘body’") else {
            ignore(verb)
            return nil
        }
        guard let spec = info.spec?.verb("body") else {
            _ = protocolVerb(verb, statement)
            return nil
        }
        refusePattern(verb)
        let filled = fill(spec, verb.words, at: verb.verb.range)
        var framing = DataFraming()
        var ending: CheckedExpression?
        for (clause, word) in filled.clauses {
            switch clause.name {
            case "unstuffed": framing.isStuffed = false
            case "lf": framing.lineEnd = .lf
            case "cr": framing.lineEnd = .cr
            case "unfinished": framing.isFinished = false
            case "ending": ending = word.map { text($0, isWord: false) }
            default: break
            }
        }
        if !framing.isFinished, ending != nil {
            report(
                .verbUsage,
                "a content that is `unfinished` has no `ending`",
                at: verb.verb.range,
                help: spec.usage
            )
        }
        let expectation = expectation(
            verb.tail,
            natural: spec.success,
            role: .reply,
            info.spec,
            statement
        )
        if !framing.isFinished, verb.tail.arrow != nil || verb.tail.binding != nil {
            report(
                .verbTail,
                "a content that is `unfinished` gets no reply",
                at: verb.tail.arrow?.range ?? verb.verb.range,
                help: "read what comes all the same with `receive reply`"
            )
        }
        let binding =
            framing.isFinished ? bindReply(verb.tail, expectation, of: info.spec) : nil
        let limit = limit(verb.tail.within)
        guard let content = filled.arguments.first?.word else { return nil }
        return .send(
            CheckedSend(
                session: info.slot,
                text: text(content, isWord: false),
                framing: .content(framing, ending: ending),
                allowsClear: filled.clauses.contains { $0.clause.name == "in clear" },
                expectation: framing.isFinished ? expectation : nil,
                within: limit,
                binding: binding
            )
        )
    }

    /// `close [now|reset|half]`
    func close(_ verb: VerbStatement) -> CheckedStatement.Kind? {
        refuseTail(verb)
        var form = CloseForm.politely
        if let word = verb.words.first {
            let forms = CloseForm.allCases.dropFirst().map(\.rawValue)
            if let literal = word.literal, !word.isQuoted,
                let named = CloseForm(rawValue: literal)
            {
                form = named
            }
            if form == .politely || verb.words.count > 1 {
                report(
                    .verbUsage,
                    "`close` does not take this",
                    at: (form == .politely ? word : verb.words[1]).range,
                    help: word.literal.flatMap { suggestion($0, forms) }
                        ?? "close [\(forms.joined(separator: "|"))]; a named session: `NAME: close`"
                )
            }
        }
        guard let info = currentSession(at: verb.verb.range, for: "`close`") else { return nil }
        // Behind `close half` the session is still listened to.
        if form != .half { close(info.slot.index, at: verb.verb.range) }
        return info.spec == nil ? nil : .close(info.slot, form)
    }
}
