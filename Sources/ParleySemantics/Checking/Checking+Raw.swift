import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// Words joined by one space.
    func joined(_ words: [Word], at range: SourceRange, isWord: Bool) -> CheckedExpression {
        guard let first = words.first, let last = words.last else {
            return make(range, .string, .constant(.string("")))
        }
        var parts: [WordPart] = []
        for word in words {
            if !parts.isEmpty { parts.append(.text(" ", word.range)) }
            parts += word.parts
        }
        return template(parts, at: first.range.union(last.range), isWord: isWord)
    }

    /// `receive line|reply|bytes N|until /re/`
    func receive(_ verb: VerbStatement, _ statement: Statement) -> CheckedStatement.Kind? {
        guard let info = currentSession(at: verb.verb.range, for: "`receive`") else {
            ignore(verb)
            return nil
        }
        guard let unit = unit(verb) else {
            ignore(verb)
            return nil
        }
        let role: ArrowRole
        let kind: Kind
        switch unit {
        case .reply: (role, kind) = (.reply, .reply)
        case .line: (role, kind) = (.octets, .string)
        case .bytes, .until: (role, kind) = (.octets, .bytes)
        }
        var expectation = self.expectation(
            verb.tail,
            natural: .positive,
            role: role,
            info.spec,
            statement
        )
        if case .octets = role, !expectation.isExplicit {
            expectation.alternatives = [CheckedAlternative(outcome: .any, text: "any")]
        }
        let limit = limit(verb.tail.within)
        let binding = bindReply(verb.tail, expectation, kind, of: info.spec)
        guard info.spec != nil else { return nil }
        return .receive(
            CheckedReceive(
                session: info.slot,
                unit: unit,
                expectation: expectation,
                within: limit,
                binding: binding
            )
        )
    }

    private func unit(_ verb: VerbStatement) -> CheckedReceive.Unit? {
        let usage =
            "write `receive reply`, `receive line`, `receive bytes N` or "
            + "`receive until /pattern/`"
        let units = ["line", "reply", "bytes", "until"]
        guard let first = verb.words.first, let word = first.literal, !first.isQuoted else {
            report(.verbUsage, "`receive` lacks what to receive", at: verb.verb.range, help: usage)
            return nil
        }
        let expected = word == "bytes" ? 2 : 1
        if units.contains(word), verb.words.count > expected {
            report(
                .verbUsage,
                "`receive \(word)` does not take this",
                at: verb.words[expected].range,
                help: usage
            )
        }
        if word != "until" { refusePattern(verb) }
        switch word {
        case "line": return .line
        case "reply": return .reply
        case "bytes":
            guard verb.words.count > 1 else {
                report(.verbUsage, "`receive bytes` lacks the number", at: first.range, help: usage)
                return nil
            }
            let word = verb.words[1]
            if let literal = word.literal, let octets = ConstantParser.octets(literal) {
                return .bytes(make(word.range, .int, .constant(.int(Int(octets)))))
            }
            return .bytes(self.word(word, as: .int, what: "a number of octets"))
        case "until":
            guard let pattern = verb.pattern else {
                report(
                    .verbUsage,
                    "`receive until` lacks its pattern",
                    at: first.range,
                    help: usage
                )
                return nil
            }
            return .until(self.pattern(pattern))
        default:
            report(
                .verbUsage,
                "nothing called ‘\(word)’ can be received",
                at: first.range,
                help: CodePattern(word) != nil
                    ? "write `receive reply => \(word)`" : suggestion(word, units) ?? usage
            )
            return nil
        }
    }

    /// `start NAME`
    func start(_ verb: VerbStatement) -> CheckedStatement.Kind? {
        refuseTail(verb)
        guard let name = serverName(verb) else { return nil }
        guard let symbol = find(name.text, at: name.range) else {
            reportNoServer(name)
            return nil
        }
        switch symbol.meaning {
        case .server(let unit):
            let variable = Variable(index: frame.variableCount, name: name.text, kind: .server)
            frame.variableCount += 1
            // The name changes its meaning, from the declaration to the running server.
            scope.set(
                Symbol(name: name.text, place: symbol.place, meaning: .started(variable, unit))
            )
            return unit.index.map { .start(server: $0, into: variable) }
        case .started(let variable, let unit):
            return unit.index.map { .start(server: $0, into: variable) }
        default:
            reportNoServer(name)
            return nil
        }
    }

    /// `stop NAME`
    func stop(_ verb: VerbStatement) -> CheckedStatement.Kind? {
        refuseTail(verb)
        guard let name = serverName(verb) else { return nil }
        switch find(name.text, at: name.range)?.meaning {
        case .started(let variable, _): return .stop(variable)
        case .variable(let variable) where variable.kind == .server: return .stop(variable)
        case .server:
            report(
                .nameUnknown,
                "the server ‘\(name.text)’ is not started here",
                at: name.range,
                help: "write `start \(name.text)` first"
            )
        default: reportNoServer(name)
        }
        return nil
    }

    private func serverName(_ verb: VerbStatement) -> Identifier? {
        refusePattern(verb)
        guard let word = verb.words.first, verb.words.count == 1, let name = word.literal else {
            report(
                .verbUsage,
                "`\(verb.verb.text)` takes the name of a server",
                at: verb.verb.range,
                help: "\(verb.verb.text) NAME"
            )
            return nil
        }
        return Identifier(name, word.range)
    }

    private func reportNoServer(_ name: Identifier) {
        let names = scope.visibleNames.filter { name in
            switch scope.find(name)?.meaning {
            case .server, .started: true
            default: false
            }
        }
        report(
            .nameUnknown,
            "no server ‘\(name.text)’",
            at: name.range,
            help: ["tls", "starttls"].contains(name.text.asciiLowercased)
                ? "TLS begins with `starttls`, in one word"
                : suggestion(name.text, names)
                    ?? "declare it: server \(name.text) smtp on 127.0.0.1:auto {"
        )
    }

    func refuseTail(_ verb: VerbStatement) {
        let tail = verb.tail
        guard
            let range = tail.arrow?.range ?? tail.binding?.range ?? tail.within?.range
                ?? tail.softened
        else { return }
        report(
            .verbTail,
            "`\(verb.verb.text)` takes no `=>`, `within`, `as` or `else warn`",
            at: range
        )
        if let name = tail.binding { bind(name, .unknown) }
    }
}
