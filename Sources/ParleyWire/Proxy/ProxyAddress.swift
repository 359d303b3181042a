/// An IP address and a port, in the forms that the headers of proxies want.
public struct ProxyAddress: Hashable, Sendable {
    /// Four or sixteen octets in network order.
    public let octets: [UInt8]

    /// The address's canonical text, without brackets and zone.
    public let text: String

    /// The port.
    public let port: UInt16

    /// An address of four or sixteen octets; `nil` for any other number of them.
    public init?(octets: [UInt8], text: String, port: UInt16) {
        guard octets.count == 4 || octets.count == 16 else { return nil }
        self.octets = octets
        self.text = text
        self.port = port
    }

    /// Whether it is an IPv6 address.
    public var isIPv6: Bool { octets.count == 16 }

    /// `192.0.2.1:25`, `[2001:db8::1]:25`.
    public var description: String { isIPv6 ? "[\(text)]:\(port)" : "\(text):\(port)" }
}

/// Where a proxy is asked to connect to.
public enum ProxyDestination: Hashable, Sendable {
    /// An address.
    case address(ProxyAddress)
    /// A name, which the proxy looks up, and a port.
    case name(String, port: UInt16)

    /// `mx.example.net:25`, as an HTTP request target wants it (RFC 9112 §3.2.3).
    public var authority: String {
        switch self {
        case .address(let address): address.description
        case .name(let name, let port): "\(name):\(port)"
        }
    }
}

/// What a proxy wants to know of its user.
public struct ProxyCredentials: Hashable, Sendable {
    /// The user's name.
    public var user: [UInt8]
    /// The password.
    public var password: [UInt8]

    /// A user and a password.
    public init(user: [UInt8], password: [UInt8]) {
        self.user = user
        self.password = password
    }
}
