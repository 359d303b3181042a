import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// The clauses of `connect` that say which way it goes, not to whom.
    static let routeClauses = [
        ClauseSpec(["from"], SlotSpec("address[:port]", .text)),
        ClauseSpec(["over"], SlotSpec("ipv4|ipv6", .text)),
        ClauseSpec(["via"], SlotSpec("socks5://host:port|http://host:port", .text)),
        ClauseSpec(["user"], SlotSpec("name", .text)),
        ClauseSpec(["password"], SlotSpec("password", .text, secret: true)),
        ClauseSpec(["in", "clear"]),
        ClauseSpec(["proxy"], SlotSpec("v1|v2", .text)),
        ClauseSpec(["client"], SlotSpec("address:port", .text)),
        ClauseSpec(["server"], SlotSpec("address:port", .text)),
        ClauseSpec(["authority"], SlotSpec("name", .text)),
        ClauseSpec(["local"]),
        ClauseSpec(["unknown"]),
    ]

    /// Which clause another one belongs to.
    private static let owners = [
        "user": "via", "password": "via", "in clear": "via", "client": "proxy", "server": "proxy",
        "authority": "proxy", "local": "proxy", "unknown": "proxy",
    ]

    /// Takes the clauses of the route; `words` are those of the whole statement, for places.
    func applyRoute(
        _ clauses: [(clause: ClauseSpec, word: Word?)],
        _ words: [Word],
        to connect: inout CheckedConnect
    ) {
        let given = Set(clauses.map(\.clause.name))
        var route = CheckedRoute()
        for (clause, word) in clauses where clause.name == "proxy" {
            guard let word, let version = keyword(word, ["v1", "v2"], what: "the version") else {
                continue
            }
            route.header = CheckedProxyHeader(version: version)
        }
        for (clause, word) in clauses {
            let place = word?.range ?? placeOf(clause, in: words)
            if let owner = Self.owners[clause.name], !given.contains(owner) {
                report(
                    .verbUsage,
                    "‘\(clause.name)’ belongs to ‘\(owner)’, which is not here",
                    at: place,
                    help: owner == "via"
                        ? "write via socks5://HOST:PORT user NAME password ${secret}"
                        : "write proxy v2 client ADDRESS:PORT server ADDRESS:PORT"
                )
            }
            apply(clause, word, at: place, to: &route, &connect)
        }
        check(route, clauses, connect.endpoint)
        connect.route = route
    }

    private func apply(
        _ clause: ClauseSpec,
        _ word: Word?,
        at place: SourceRange,
        to route: inout CheckedRoute,
        _ connect: inout CheckedConnect
    ) {
        switch (clause.name, word) {
        case ("from", let word?): connect.source = source(word)
        case ("over", let word?):
            route.family = keyword(word, ["ipv4", "ipv6"], what: "the family of addresses")
        case ("via", let word?): route.proxy = proxy(word)
        case ("user", let word?): route.user = text(word)
        case ("password", let word?): route.password = text(word)
        case ("in clear", _): route.allowsClear = true
        case ("client", let word?): route.header?.client = proxied(word, "client")
        case ("server", let word?): route.header?.server = proxied(word, "server")
        case ("authority", let word?):
            let name = text(word)
            refuseSecret(name, in: "the header of a proxy")
            if let literal = word.literal, !(1...255).contains(literal.utf8.count) {
                report(
                    .verbArgument,
                    "the authority has 1 to 255 octets",
                    at: word.range,
                    help: "it is a host name"
                )
            }
            if route.header?.version == "v1" { refuseInVersion1("an authority", at: place) }
            route.header?.authority = name
        case ("local", _):
            if route.header?.version == "v1" { refuseInVersion1("‘local’", at: place) }
            route.header?.isLocal = true
        case ("unknown", _): route.header?.isUnknown = true
        default: break
        }
    }

    private func refuseInVersion1(_ what: String, at place: SourceRange) {
        report(
            .verbUsage,
            "version 1 of the PROXY protocol has no place for \(what)",
            at: place,
            help: "write `proxy v2`, or `proxy v1 unknown` for a connection of nobody"
        )
    }

    // MARK: - Together

    private func check(
        _ route: CheckedRoute,
        _ clauses: [(clause: ClauseSpec, word: Word?)],
        _ endpoint: CheckedExpression
    ) {
        func word(_ name: String) -> Word? { clauses.first { $0.clause.name == name }?.word }
        let target = endpoint.constantText
        if let target, target.hasPrefix("unix:") {
            for name in ["from", "over", "via"] {
                guard let word = word(name) else { continue }
                report(
                    .verbUsage,
                    "‘\(name)’ has no meaning for a unix socket",
                    at: word.range,
                    help: "leave it out, or connect to HOST:PORT"
                )
            }
        }
        if let family = route.family, let word = word("over"), word.literal != nil {
            checkFamily(family, of: word, target, via: route.proxy?.constantText)
        }
        if (route.user == nil) != (route.password == nil),
            let word = word("user") ?? word("password")
        {
            report(
                .verbUsage,
                "a proxy takes ‘user’ and ‘password’ together",
                at: word.range,
                help: "write user NAME password ${secret}"
            )
        }
        guard let header = route.header else { return }
        let addresses = ["client", "server"].compactMap { word($0) }
        if header.isLocal || header.isUnknown, let extra = addresses.first ?? word("authority") {
            report(
                .verbUsage,
                header.isLocal
                    ? "a ‘local’ connection is nobody’s: it carries no addresses"
                    : "an ‘unknown’ connection carries no addresses",
                at: extra.range,
                help: "leave out the addresses, or ‘\(header.isLocal ? "local" : "unknown")’"
            )
        }
        if header.isLocal, header.isUnknown, let word = word("proxy") {
            report(.verbUsage, "‘local’ and ‘unknown’ exclude each other", at: word.range)
        }
        checkFamilies(header, word("client"), word("server"), target, route)
    }

    /// `over ipv6` with an address of the other family can never work.
    private func checkFamily(
        _ family: String,
        of word: Word,
        _ target: String?,
        via proxy: String?
    ) {
        let direct = proxy.map { String($0.drop { $0 != "/" }.drop { $0 == "/" }) } ?? target
        guard let direct, let host = HostText.addressOfEndpoint(direct),
            host.contains(":") != (family == "ipv6")
        else { return }
        report(
            .verbUsage,
            "\(host) is no \(family == "ipv6" ? "IPv6" : "IPv4") address",
            at: word.range,
            help: "‘over’ chooses among the addresses of a name"
        )
    }

    /// The header has room for two addresses of one family.
    private func checkFamilies(
        _ header: CheckedProxyHeader,
        _ client: Word?,
        _ server: Word?,
        _ target: String?,
        _ route: CheckedRoute
    ) {
        func family(_ word: Word?) -> Bool? {
            word?.literal.flatMap(HostText.addressOfEndpoint)?.contains(":")
        }
        let own = route.proxy == nil ? target.flatMap(HostText.addressOfEndpoint) : nil
        let ours = own?.contains(":")
        let theirs = server == nil ? ours : family(server)
        if let client, let first = family(client), let theirs, first != theirs {
            reportFamilies(server ?? client)
        } else if client == nil, let server, let first = family(server), let ours, first != ours {
            reportFamilies(server)
        }
    }

    private func reportFamilies(_ word: Word) {
        report(
            .verbUsage,
            "client and server must be of one family, IPv4 or IPv6",
            at: word.range,
            notes: ["the PROXY header has room for one kind of address"],
            help: "state `client` and `server`; what is missing is the connection’s own"
        )
    }

    private func placeOf(_ clause: ClauseSpec, in words: [Word]) -> SourceRange {
        let word = words.first { !$0.isQuoted && $0.literal == clause.words[0] } ?? words[0]
        return word.range
    }

    // MARK: - Words

    /// `from ADDRESS`, `from ADDRESS:PORT`, `from :PORT`.
    private func source(_ word: Word) -> CheckedExpression {
        guard let literal = word.literal else { return addressValue(word, "a source address") }
        guard let problem = HostText.sourceProblem(literal) else { return text(word) }
        report(.typeLiteral, problem.message, at: word.range, help: problem.help)
        return unknown(word.range)
    }

    /// `client ADDRESS:PORT` of the PROXY header.
    private func proxied(_ word: Word, _ what: String) -> CheckedExpression {
        guard let literal = word.literal else { return addressValue(word, "the \(what)’s address") }
        if HostText.addressOfEndpoint(literal) != nil, HostText.endpointProblem(literal) == nil,
            HostText.hasPort(literal)
        {
            return text(word)
        }
        report(
            .verbArgument,
            "‘\(literal)’ is no address with a port",
            at: word.range,
            label: what,
            help: "write 192.0.2.1:4711 or [2001:db8::1]:4711; names are not looked up here"
        )
        return unknown(word.range)
    }

    private func addressValue(_ word: Word, _ what: String) -> CheckedExpression {
        guard let inner = word.soleInsertion else {
            let value = bracketing(text(word))
            refuseSecret(value, in: what)
            return value
        }
        let value = expression(inner)
        refuseSecret(value, in: what)
        switch value.kind.plain {
        case .ip, .endpoint, .string, .unknown: break
        case .optional: reportOptional(value)
        default:
            report(
                .typeMismatch,
                "a value of kind \(value.kind.name) is not \(what)",
                at: word.range,
                label: value.kind.name
            )
        }
        return value
    }

    /// `via SCHEME://HOST:PORT`
    private func proxy(_ word: Word) -> CheckedExpression {
        let value = text(word)
        refuseSecret(value, in: "the address of a proxy")
        if let literal = word.literal, let problem = HostText.proxyProblem(literal) {
            report(.typeLiteral, problem.message, at: word.range, help: problem.help)
        }
        return value
    }
}

extension CheckedExpression {
    /// The text of a constant.
    fileprivate var constantText: String? {
        if case .constant(.string(let text)) = form { text } else { nil }
    }
}
