import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// What `connect` takes; it is no verb of a protocol but read like one.
    static let connectSpec = VerbSpec(
        "connect",
        help: "open a session",
        slots: [SlotSpec("protocol", .text), SlotSpec("host[:port]", .text)],
        clauses: [
            ClauseSpec(["name"], SlotSpec("host", .domain)),
            ClauseSpec(["pregreet"], SlotSpec("octets", .content)),
        ] + TLSClause.table + routeClauses
    )

    /// `connect PROTOCOL HOST[:PORT] [clauses] [as NAME]`
    func connect(_ verb: VerbStatement, _ statement: Statement) -> CheckedStatement.Kind? {
        refusePattern(verb)
        guard !reportNoProtocol(verb.words) else {
            openUnknown(verb)
            return nil
        }
        let filled = fill(Self.connectSpec, verb.words, at: verb.verb.range)
        guard filled.arguments.count == 2 else {
            openUnknown(verb)
            return nil
        }
        guard let spec = protocolSpec(filled.arguments[0].word) else {
            openUnknown(verb)
            return nil
        }
        let endpoint = endpoint(filled.arguments[1].word, spec)
        let expectation = expectation(
            verb.tail,
            natural: spec.hasGreeting ? .positiveCompletion : nil,
            role: .greeting,
            spec,
            statement
        )
        var connect = CheckedConnect(
            spec: spec,
            session: SessionSlot(index: 0, label: ""),
            endpoint: endpoint,
            expectation: expectation,
            within: limit(verb.tail.within)
        )
        let route = Set(Self.routeClauses.map(\.name))
        apply(
            filled.clauses.filter { !route.contains($0.clause.name) },
            to: &connect,
            at: verb.verb.range
        )
        applyRoute(
            filled.clauses.filter { route.contains($0.clause.name) },
            verb.words,
            to: &connect
        )
        if verb.tail.bindsReply { connect.binding = bindReply(verb.tail, expectation, of: spec) }
        connect.session = open(verb, spec)
        return .connect(connect)
    }

    /// Gives the session its slot and, if the script says, its name.
    private func open(_ verb: VerbStatement, _ spec: ProtocolSpec?) -> SessionSlot {
        let name = verb.tail.bindsReply ? nil : verb.tail.binding
        if let name { checkLabel(name) }
        let index = open(
            label: name?.text ?? spec?.name ?? "?",
            spec: spec,
            at: name?.range ?? verb.verb.range
        )
        if let name { declare(name, .session(index)) }
        return frame.sessions[index].slot
    }

    /// A session of which nothing is known, so that what follows is not reported again.
    private func openUnknown(_ verb: VerbStatement) {
        silently { verb.words.forEach { _ = text($0) } }
        _ = open(verb, nil)
        if verb.tail.bindsReply, let name = verb.tail.binding { bind(name, .unknown) }
    }

    /// The protocol behind `connect` and in a server's header, or a report.
    func protocolSpec(_ word: Word) -> ProtocolSpec? {
        guard let name = word.literal else {
            report(.typeConstant, "the protocol must be written out", at: word.range)
            return nil
        }
        return protocolSpec(Identifier(name, word.range))
    }

    func protocolSpec(_ name: Identifier) -> ProtocolSpec? {
        guard let spec = registry[name.text] else {
            let names = registry.protocols.map(\.name)
            report(
                .nameProtocol,
                "no protocol ‘\(name.text)’",
                at: name.range,
                notes: ["protocols: \(names.joined(separator: " "))"],
                help: suggestion(name.text, names)
                    ?? (["tls", "ssl"].contains { name.text.asciiLowercased.contains($0) }
                        ? Self.tlsHelp : "write `connect smtp HOST:PORT`")
            )
            return nil
        }
        guard !spec.isReserved else {
            let spoken = registry.protocols.filter { !$0.isReserved }.map(\.name)
            reportReserved(
                "the protocol ‘\(name.text)’",
                at: name.range,
                help: "this version speaks \(spoken.joined(separator: ", "))"
            )
            return nil
        }
        return spec
    }

    private func apply(
        _ clauses: [(clause: ClauseSpec, word: Word?)],
        to connect: inout CheckedConnect,
        at verb: SourceRange
    ) {
        for (clause, word) in clauses {
            if let about = TLSClause(clause) {
                if !connect.spec.isImplicitTLS, connect.spec.family == "tcp" {
                    report(
                        .verbUsage,
                        "‘\(clause.name)’ stands on a connection with TLS",
                        at: word?.range ?? verb,
                        help: "connect with `tls`"
                    )
                }
                applyTLS(about, word, to: &connect.tls)
                continue
            }
            guard let word else { continue }
            switch clause.name {
            case "name": connect.name = argument(word, Self.connectSpec, clause)
            case "pregreet": connect.pregreet = pregreet(word, connect.spec)
            default: break
            }
        }
        finishTLS(connect.tls, at: verb)
    }

    /// What a client says that does not wait for the greeting.
    private func pregreet(_ word: Word, _ spec: ProtocolSpec) -> CheckedExpression {
        let octets = text(word, isWord: false)
        refuseSecret(octets, in: "what is said before the greeting")
        if !spec.hasGreeting {
            report(
                .verbUsage,
                "\(spec.name) has no greeting to be early for",
                at: word.range,
                help: "write `send` behind `connect`"
            )
        }
        return octets
    }

    /// `HOST[:PORT]`, `[IPV6]:PORT`, `unix:/path`, or an inserted value; a value of kind ip or
    /// endpoint keeps its kind.
    func endpoint(_ word: Word, _ spec: ProtocolSpec?) -> CheckedExpression {
        if let inner = word.soleInsertion {
            let value = expression(inner)
            switch value.kind.plain {
            case .endpoint, .ip, .domain, .string, .unknown: break
            case .server:
                report(
                    .typeMismatch,
                    "a server is no address",
                    at: word.range,
                    help: "insert its `.address`"
                )
            case .optional: reportOptional(value)
            default:
                report(
                    .typeMismatch,
                    "a value of kind \(value.kind.name) is no host",
                    at: word.range,
                    label: value.kind.name
                )
            }
            requirePort(spec, value.kind.plain == .ip || value.kind.plain == .domain, word)
            return value
        }
        if let literal = word.literal {
            if let problem = HostText.endpointProblem(literal) {
                report(.typeLiteral, problem.message, at: word.range, help: problem.help)
                return unknown(word.range)
            }
            let hasPort = literal.hasPrefix("unix:") || HostText.hasPort(literal)
            requirePort(spec, !hasPort, word)
            warnOfName(word)
            return make(word.range, .string, .constant(.string(literal)))
        }
        if case .text(let last, let range)? = word.parts.last, let colon = last.lastIndex(of: ":"),
            !last.contains("]"), !last.contains("/"),
            let problem = HostText.portProblem(String(last[last.index(after: colon)...]))
        {
            report(.typeLiteral, problem.message, at: range, help: problem.help)
        }
        return bracketing(text(word))
    }

    private func requirePort(_ spec: ProtocolSpec?, _ isMissing: Bool, _ word: Word) {
        guard isMissing, let spec, spec.defaultPort == nil else { return }
        report(
            .verbArgument,
            "\(spec.name) has no port of its own",
            at: word.range,
            help: "write its port behind the host: HOST:PORT"
        )
    }

    /// An `ip` before `:PORT` gets brackets if it is IPv6.
    func bracketing(_ text: CheckedExpression) -> CheckedExpression {
        guard case .template(var pieces, let isWord) = text.form, pieces.count > 1,
            let first = pieces.first, first.kind.plain == .ip
        else { return text }
        pieces[0] = make(
            first.place.range,
            Kind.endpoint.secret(if: first.kind.isSecret),
            .conversion(first)
        )
        return make(text.place.range, text.kind, .template(pieces, isWord: isWord))
    }
}
