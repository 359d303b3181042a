import ParleyDiagnostics
import ParleyNetwork
import ParleyVerbs
import ParleyWire

extension Fiber {
    /// `from ADDRESS`, `from ADDRESS:PORT` or `from :PORT`.
    func setSource(_ value: Value, of target: inout ConnectTarget) throws {
        let text = try value.text()
        if let address = IPAddress(text) {
            target.source = address
        } else if text.first == ":", let port = UInt16(text.dropFirst()), port > 0 {
            target.sourcePort = port
        } else if case .address(let address, let port)? =
            try? Endpoint(parsing: text, defaultPort: 0)
        {
            target.source = address
            target.sourcePort = port > 0 ? port : nil
        } else {
            throw ScriptError.value("\(Value.quote(text, 60)) is no IP address to connect from")
        }
        if case .unix = target.endpoint {
            throw ScriptError.value("a connection to a unix socket has no source address")
        }
    }

    /// The way of a `connect` that says more than where to.
    func route(_ site: RouteSite, _ target: inout ConnectTarget) throws -> ConnectRoute? {
        target.family = site.family.flatMap { AddressFamily(rawValue: $0) }
        guard site.proxy != nil || site.header != nil else { return nil }
        var route = ConnectRoute(allowsClear: site.allowsClear)
        if let proxy = site.proxy {
            let text = try registers[Int(proxy)].text()
            guard let server = ProxyServer(parsing: text) else {
                throw ScriptError.value(
                    "\(Value.quote(text, 80)) is no proxy: write socks5://HOST:PORT or "
                        + "http://HOST:PORT"
                )
            }
            if case .unix = target.endpoint {
                throw ScriptError.value("no proxy leads to a unix socket")
            }
            route.proxy = server
        }
        if let user = site.user, let password = site.password {
            route.credentials = ProxyCredentials(
                user: try registers[Int(user)].octets(),
                password: try registers[Int(password)].octets()
            )
        }
        route.header = try site.header.map { try header($0) }
        return route
    }

    private func header(_ site: ProxyHeaderSite) throws -> ProxyHeaderRequest {
        var header = ProxyHeaderRequest(
            ProxyHeader.Version(rawValue: site.version) ?? .v2,
            isUnknown: site.isUnknown,
            isLocal: site.isLocal
        )
        header.client = try site.client.map { try proxied($0, "client") }
        header.server = try site.server.map { try proxied($0, "server") }
        header.authority = try site.authority.map { register in
            let name = try registers[Int(register)].octets()
            guard (1...ProxyHeader.authorityLimit).contains(name.count),
                Word.forbidden(name) == nil
            else {
                throw ScriptError.value("the authority of a PROXY header is a host name")
            }
            return name
        }
        if let client = header.client, let server = header.server, client.isIPv6 != server.isIPv6 {
            throw ScriptError.value(
                "the PROXY header takes addresses of one family, and \(client) and \(server) are "
                    + "of two"
            )
        }
        return header
    }

    private func proxied(_ register: Register, _ what: String) throws -> Endpoint {
        let text = try registers[Int(register)].text()
        if let endpoint = try? Endpoint(parsing: text), case .address = endpoint { return endpoint }
        throw ScriptError.value(
            "\(Value.quote(text, 60)) is no address with a port for the PROXY header’s \(what)"
        )
    }
}

extension Endpoint {
    /// Whether it is an IPv6 address.
    var isIPv6: Bool {
        if case .address(let address, _) = self { address.isIPv6 } else { false }
    }
}
