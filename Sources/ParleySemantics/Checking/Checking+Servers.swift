import ParleyDiagnostics
import ParleyPatterns
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// Checks a scripted server and gives it its number.
    func server(_ unit: ServerUnit) {
        let declaration = unit.declaration
        let spec = protocolSpec(declaration.protocolName)
        var texts: [CheckedExpression] = [serverEndpoint(declaration.endpoint)]
        let options = serverOptions(declaration.clauses)
        let rules = declaration.rules.compactMap { rule($0, spec, &texts) }
        if unit.index == nil { unit.index = program.servers.count }
        program.servers.append(
            CheckedServer(
                name: declaration.name.text,
                protocolName: declaration.protocolName.text,
                endpoint: 0,
                options: options,
                texts: texts,
                rules: rules,
                place: place(declaration.name.range)
            )
        )
    }

    /// Where a server listens; the port may be `auto`.
    private func serverEndpoint(_ word: Word) -> CheckedExpression {
        let value = text(word)
        if let literal = word.literal {
            if let problem = HostText.endpointProblem(literal, allowsAuto: true) {
                report(.typeLiteral, problem.message, at: word.range, help: problem.help)
            }
        }
        return value
    }

    private func serverOptions(_ words: [Word]) -> ServerOptions {
        var options = ServerOptions()
        var words = words[...]
        let names = ["certificate", "name", "tls", "anywhere"]
        while let word = words.popFirst() {
            let literal = word.literal ?? ""
            switch literal {
            case "anywhere": options.mayLeaveLoopback = true
            case "certificate", "name", "tls":
                guard let argument = words.popFirst() else {
                    report(.verbUsage, "‘\(literal)’ lacks its argument", at: word.range)
                    break
                }
                serverOption(literal, argument, &options)
            default:
                report(
                    .nameSetting,
                    "the header of a server has no ‘\(literal)’",
                    at: word.range,
                    help: suggestion(literal, names)
                        ?? "it may say: \(names.joined(separator: ", "))"
                )
            }
        }
        return options
    }

    private func serverOption(_ name: String, _ word: Word, _ options: inout ServerOptions) {
        switch name {
        case "certificate":
            let kinds = [
                "good", "expired", "not-yet-valid", "self-signed", "untrusted", "wrong-host",
                "weak",
            ]
            options.certificate = keyword(word, kinds, what: "the certificate's kind") ?? "good"
        case "name":
            if case .domain(let domain)? = constant(word, as: .domain, what: "a server's name") {
                options.names.append(domain)
            }
        default:
            if case .tlsVersion(let version)? = constant(
                word,
                as: .tlsVersion,
                what: "the TLS version"
            ) {
                options.tlsVersion = version
            }
        }
    }

    private func rule(
        _ rule: ServerRule,
        _ spec: ProtocolSpec?,
        _ texts: inout [CheckedExpression]
    ) -> CheckedServerRule? {
        let event = rule.event.text.asciiLowercased
        if let spec, spec.verb(event) == nil, !Self.serverEvents.contains(event) {
            let known = spec.verbs.map(\.name) + Self.serverEvents
            report(
                .verbUnknown,
                "\(spec.name) has no verb ‘\(rule.event.text)’",
                at: rule.event.range,
                help: suggestion(event, known) ?? "`on line /pattern/` fits any line"
            )
        }
        let pattern = rule.pattern.flatMap { constantPattern($0) }
        return CheckedServerRule(
            event: event,
            pattern: pattern,
            occurrence: occurrence(rule.occurrence),
            actions: actions(rule, event, &texts),
            place: place(rule.range)
        )
    }

    private func occurrence(_ occurrence: ServerOccurrence) -> CheckedServerRule.Occurrence {
        switch occurrence {
        case .always: .always
        case .first: .nth(1)
        case .nth(let word): .nth(positive(word) ?? 1)
        case .after(let word): .after(positive(word) ?? 1)
        }
    }

    private func positive(_ word: Word) -> Int? {
        guard case .int(let number)? = constant(word, as: .int, what: "a count") else { return nil }
        guard number > 0 else {
            report(.typeLiteral, "a count is 1 or more", at: word.range)
            return nil
        }
        return number
    }

    /// The actions in the order in which the server needs them: what governs a reply (`offers`,
    /// `dribble`, `after D`) stands behind it in the script and before it here.
    private func actions(
        _ rule: ServerRule,
        _ event: String,
        _ texts: inout [CheckedExpression]
    ) -> [CheckedServerRule.Action] {
        var actions: [CheckedServerRule.Action] = []
        var governed = 0
        func add(text: CheckedExpression) -> Int {
            texts.append(text)
            return texts.count - 1
        }
        for action in rule.actions {
            switch action.kind {
            case .reply(let code, let enhanced, let lines):
                // The parser has reported what is not three digits.
                if let literal = code.literal, literal.utf8.count != 3 { continue }
                guard case .code(let number)? = constant(code, as: .code, what: "a reply's code")
                else { continue }
                let status = enhanced.flatMap { word -> String? in
                    guard constant(word, as: .enhanced, what: "an enhanced code") != nil else {
                        return nil
                    }
                    return word.literal
                }
                governed = actions.count
                actions.append(
                    .reply(
                        code: number,
                        enhanced: status,
                        lines: lines.map { add(text: serverText($0, isRaw: false)) }
                    )
                )
            case .raw(let word):
                governed = actions.count
                actions.append(.raw(add(text: serverText(word, isRaw: true)), times: 1))
            case .times(let word):
                guard case .raw(let text, _)? = actions.last else {
                    report(
                        .structure,
                        "`repeat` stands behind `raw`",
                        at: action.range,
                        help: "raw \"octets\" repeat N"
                    )
                    continue
                }
                actions[actions.count - 1] = .raw(text, times: positive(word) ?? 1)
            case .drop, .reset, .stall:
                governed = actions.count
                actions.append(Self.ending(action.kind))
            case .offers(let words):
                if event != "ehlo", event != "lhlo" {
                    report(
                        .structure,
                        "`offers` stands on the reply to EHLO",
                        at: action.range,
                        help: "on ehlo => 250 offers […]"
                    )
                }
                let offers = words.map { add(text: serverText($0, isRaw: false)) }
                actions.insert(.offers(offers), at: governed)
                governed += 1
            case .dribble(let size, let every):
                guard case .size(let octets)? = constant(size, as: .size, what: "a piece's size"),
                    octets > 0,
                    let interval = constantDuration(every, what: "the interval")
                else { continue }
                actions.insert(.dribble(size: Int(octets), interval: interval), at: governed)
                governed += 1
            case .after(let word):
                guard let delay = constantDuration(word, what: "a delay") else { continue }
                actions.insert(.wait(delay), at: governed)
                governed += 1
            }
        }
        return actions
    }

    private static func ending(_ kind: ServerAction.Kind) -> CheckedServerRule.Action {
        switch kind {
        case .reset: .reset
        case .stall: .stall
        default: .drop
        }
    }

    private func serverText(_ word: Word, isRaw: Bool) -> CheckedExpression {
        text(word, isWord: !isRaw)
    }
}
