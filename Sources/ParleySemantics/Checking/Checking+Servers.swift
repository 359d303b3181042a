import ParleyDiagnostics
import ParleyPatterns
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// Checks a scripted server and gives it its number.
    func server(_ unit: ServerUnit) {
        let declaration = unit.declaration
        let spec = serverSpec(declaration.protocolName)
        var texts: [CheckedExpression] = [serverEndpoint(declaration.endpoint)]
        let options = serverOptions(declaration, &texts)
        var rules = declaration.rules.compactMap { rule($0.rule, $0.connections, spec, &texts) }
        // What bounds the connections goes before what greets them, wherever it stands.
        rules =
            rules.filter { $0.scope.moreThan != nil } + rules.filter { $0.scope.moreThan == nil }
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
            } else if !literal.hasPrefix("unix:"), !HostText.hasPort(literal) {
                let host = literal == "auto" ? "127.0.0.1" : literal
                report(
                    .typeLiteral,
                    "a server's address lacks its port",
                    at: word.range,
                    help: "write `\(host):auto` for a free port"
                )
            }
        }
        return value
    }

    private func serverSpec(_ name: Identifier) -> ProtocolSpec? {
        // A server of LMTP needs no client of LMTP.
        name.text == "lmtp" ? registry["lmtp"] : protocolSpec(name)
    }

    private func rule(
        _ rule: ServerRule,
        _ connections: Word?,
        _ spec: ProtocolSpec?,
        _ texts: inout [CheckedExpression]
    ) -> CheckedServerRule? {
        let isBound = rule.mostConnections != nil
        let event = isBound ? "greet" : rule.event.text.asciiLowercased
        let known = spec.map { Checker.serverEvents(of: $0) } ?? []
        if let spec, !known.contains(event) {
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
            scope: scope(rule, connections),
            occurrence: occurrence(rule.occurrence),
            actions: actions(rule, event, spec, &texts),
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

    private func scope(_ rule: ServerRule, _ connections: Word?) -> CheckedServerRule.Scope {
        var scope = CheckedServerRule.Scope()
        for state in rule.states {
            let earlier = state.stage.text == "tls" ? scope.isSecured : scope.isAuthenticated
            if earlier != nil {
                report(
                    .structure,
                    "a rule says once whether it is before or after ‘\(state.stage.text)’",
                    at: state.stage.range
                )
            }
            switch state.stage.text {
            case "tls": scope.isSecured = state.isAfter
            default: scope.isAuthenticated = state.isAfter
            }
        }
        scope.connections = connections.flatMap { numbers($0) }
        scope.moreThan = rule.mostConnections.flatMap { positive($0) }
        return scope
    }

    /// `2`, `2..`, `2..4`.
    private func numbers(_ word: Word) -> ClosedRange<Int>? {
        let ends = (word.literal ?? "").split(separator: "..", omittingEmptySubsequences: false)
        let bounds = ends.map { $0.isEmpty ? Int.max : Int($0) ?? 0 }
        guard let first = bounds.first, let last = bounds.last, bounds.count <= 2,
            first > 0, first < Int.max, first <= last
        else {
            report(
                .typeLiteral,
                "‘\(source.text(word.range))’ says not which connections are meant",
                at: word.range,
                help: "count them from 1: `connection 1 {`, `connection 2..4 {`, "
                    + "`connection 5.. {`"
            )
            return nil
        }
        return first...last
    }

    func positive(_ word: Word) -> Int? {
        guard case .int(let number)? = constant(word, as: .int, what: "a count") else { return nil }
        guard number > 0 else {
            report(.typeLiteral, "a count is 1 or more", at: word.range)
            return nil
        }
        return number
    }

    /// Verbs that a scripted mail server hears, whether Parley's client says them or not.
    static let serverVerbs = [
        "lhlo", "bdat", "expn", "help", "etrn", "turn", "burl", "xclient", "xforward", "proxy",
    ]
}
