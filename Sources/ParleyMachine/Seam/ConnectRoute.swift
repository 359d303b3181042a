public import ParleyNetwork
public import ParleyWire

/// The way of a connection, where it is not the direct one.
public struct ConnectRoute: Sendable {
    /// The proxy that is asked for the connection.
    public var proxy: ProxyServer?
    /// Who we are to the proxy.
    public var credentials: ProxyCredentials?
    /// Whether `in clear` allows the credentials on a way that is not loopback.
    public var allowsClear: Bool
    /// The header that goes before everything else.
    public var header: ProxyHeaderRequest?

    /// A way.
    public init(
        proxy: ProxyServer? = nil,
        credentials: ProxyCredentials? = nil,
        allowsClear: Bool = false,
        header: ProxyHeaderRequest? = nil
    ) {
        self.proxy = proxy
        self.credentials = credentials
        self.allowsClear = allowsClear
        self.header = header
    }
}

/// A proxy to go through.
public struct ProxyServer: Hashable, Sendable {
    /// What it speaks.
    public enum Scheme: String, Hashable, Sendable, CaseIterable {
        /// SOCKS version 5 (RFC 1928).
        case socks5
        /// HTTP with CONNECT (RFC 9110 §9.3.6).
        case http
    }

    /// What it speaks.
    public var scheme: Scheme
    /// Where it listens.
    public var endpoint: Endpoint

    /// A proxy.
    public init(_ scheme: Scheme, _ endpoint: Endpoint) {
        self.scheme = scheme
        self.endpoint = endpoint
    }

    /// Parses `socks5://HOST[:PORT]` or `http://HOST:PORT`; `nil` for anything else. The port of
    /// SOCKS is 1080 where none is written.
    public init?(parsing text: String) {
        for scheme in Scheme.allCases where text.hasPrefix("\(scheme.rawValue)://") {
            let rest = String(text.dropFirst(scheme.rawValue.count + 3))
            let usual: UInt16? = scheme == .socks5 ? 1080 : nil
            guard let endpoint = try? Endpoint(parsing: rest, defaultPort: usual) else {
                return nil
            }
            self.init(scheme, endpoint)
            return
        }
        return nil
    }
}

extension ProxyServer: CustomStringConvertible {
    /// `socks5://127.0.0.1:1080`
    public var description: String { "\(scheme.rawValue)://\(endpoint)" }
}

/// What the header of the PROXY protocol is to say; what is missing is the connection's own.
public struct ProxyHeaderRequest: Hashable, Sendable {
    /// Its form.
    public var version: ProxyHeader.Version
    /// Nobody's connection.
    public var isUnknown: Bool
    /// The proxy's own connection.
    public var isLocal: Bool
    /// Where the client connected from.
    public var client: Endpoint?
    /// Where it connected to.
    public var server: Endpoint?
    /// The host name that it asked for.
    public var authority: [UInt8]?

    /// A header's content.
    public init(
        _ version: ProxyHeader.Version,
        isUnknown: Bool = false,
        isLocal: Bool = false,
        client: Endpoint? = nil,
        server: Endpoint? = nil,
        authority: [UInt8]? = nil
    ) {
        self.version = version
        self.isUnknown = isUnknown
        self.isLocal = isLocal
        self.client = client
        self.server = server
        self.authority = authority
    }
}
