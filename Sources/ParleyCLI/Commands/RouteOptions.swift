import ArgumentParser
import ParleyDiagnostics
import ParleyNetwork
import ParleyVerbs
import ParleyWire

/// Which way `parley smtp` goes to a server, and as whom it poses there.
struct RouteOptions: ParsableArguments {
    @Option(help: .init("The source: ADDRESS, ADDRESS:PORT or :PORT.", valueName: "source"))
    var source: String?

    @Flag(name: .customLong("ipv4"), help: "Use the host's IPv4 addresses only.")
    var usesIPv4 = false

    @Flag(name: .customLong("ipv6"), help: "Use the host's IPv6 addresses only.")
    var usesIPv6 = false

    @Option(
        help: .init("Go through socks5://HOST[:PORT] or http://HOST:PORT.", valueName: "proxy")
    )
    var via: String?

    @Option(help: .init("Who we are to the proxy of --via.", valueName: "user"))
    var viaUser: String?

    @Option(
        help: .init("The environment variable with its password.", valueName: "variable")
    )
    var viaPassEnv: String?

    @Option(
        help: .init("Send a header of the PROXY protocol first: v1 or v2.", valueName: "version")
    )
    var proxy: String?

    @Option(help: .init("Whom that header names: ADDRESS:PORT.", valueName: "endpoint"))
    var client: String?

    @Option(help: .init("What it says the client reached: ADDRESS:PORT.", valueName: "endpoint"))
    var server: String?

    @Option(
        help: .init("Pose as another client: ADDR=192.0.2.1; may be given again.", valueName: "n=v")
    )
    var xclient: [String] = []

    @Option(
        help: .init("Tell of the client: NAME=mx.example; may be given again.", valueName: "n=v")
    )
    var xforward: [String] = []

    /// The options, checked.
    func route(allowsClear: Bool) throws -> SMTPRoute {
        guard !usesIPv4 || !usesIPv6 else {
            throw ToolFailure("--ipv4 and --ipv6 exclude each other")
        }
        var route = SMTPRoute()
        route.source = try source.map(Self.source)
        route.family = usesIPv4 ? "ipv4" : usesIPv6 ? "ipv6" : nil
        route.proxy = try via.map(Self.proxy)
        route.proxyLogin = try proxyLogin()
        route.allowsClear = allowsClear
        if let proxy {
            guard ["v1", "v2"].contains(proxy) else {
                throw ToolFailure.unknown(proxy, "version of --proxy", among: ["v1", "v2"])
            }
            route.header = proxy
        } else if client != nil || server != nil {
            throw ToolFailure("--client and --server are of the PROXY protocol: add --proxy v2")
        }
        route.client = try client.map { try Self.address($0, "--client") }
        route.server = try server.map { try Self.address($0, "--server") }
        route.posing = try xclient.map { try Self.attribute($0, "xclient") }
        route.forwarded = try xforward.map { try Self.attribute($0, "xforward") }
        return route
    }

    private func proxyLogin() throws -> SMTPRoute.Login? {
        guard viaUser != nil || viaPassEnv != nil else { return nil }
        guard via != nil else { throw ToolFailure("--via-user and --via-pass-env are of --via") }
        guard let viaUser, let viaPassEnv else {
            throw ToolFailure("--via-user and --via-pass-env belong together")
        }
        return SMTPRoute.Login(
            user: try OneLinerOption.text(viaUser, "--via-user"),
            variable: try OneLinerOption.variable(viaPassEnv, "--via-pass-env")
        )
    }

    /// An address of this machine, a port of it, or both.
    private static func source(_ text: String) throws -> String {
        if IPAddress(text) != nil { return text }
        let isPort = text.first == ":" && UInt16(text.dropFirst()).map { $0 > 0 } == true
        return isPort ? text : try address(text, "--source")
    }

    private static func address(_ text: String, _ option: String) throws -> String {
        guard let endpoint = try? Endpoint(parsing: text, defaultPort: 0),
            case .address(_, let port) = endpoint, port > 0
        else {
            let shown = DisplayText.safe(text, limit: 200)
            throw ToolFailure("\(option) \(shown): write 192.0.2.1:25 or [2001:db8::1]:25")
        }
        return endpoint.description
    }

    private static func proxy(_ text: String) throws -> String {
        let shown = DisplayText.safe(text, limit: 200)
        guard let mark = text.firstRange(of: "://") else {
            throw ToolFailure("--via \(shown): write socks5://HOST:PORT or http://HOST:PORT")
        }
        let scheme = String(text[..<mark.lowerBound])
        guard ["socks5", "http"].contains(scheme) else {
            throw ToolFailure.unknown(scheme, "kind of proxy", among: ["socks5", "http"])
        }
        let rest = String(text[mark.upperBound...])
        guard !rest.contains("@") else {
            throw ToolFailure(
                "--via: the user goes into --via-user, the password into --via-pass-env"
            )
        }
        let port: UInt16 = scheme == "socks5" ? 1080 : 0
        return try "\(scheme)://" + OneLinerOption.endpoint(rest, defaultPort: port)
    }

    /// `NAME=VALUE` with a name that the verb knows; the value is the checker's.
    private static func attribute(_ text: String, _ verb: String) throws -> String {
        let plain = try OneLinerOption.text(text, "--\(verb)")
        let names = Protocols.registry["smtp"]?.verb(verb)?.parameters.map(\.name) ?? []
        guard let equals = plain.firstIndex(of: "="), plain.index(after: equals) < plain.endIndex
        else {
            let shown = DisplayText.safe(text, limit: 200)
            throw ToolFailure("--\(verb) \(shown): write NAME=VALUE, as in ADDR=192.0.2.1")
        }
        let name = plain[..<equals].uppercased()
        guard names.contains(name) else {
            throw ToolFailure.unknown(name, "attribute of --\(verb)", among: names)
        }
        return name + plain[equals...]
    }
}
