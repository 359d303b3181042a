/// An IPv4 or IPv6 address.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// Four or sixteen octets in network order.
    public let octets: [UInt8]

    /// The interface a link-local address belongs to (`%eth0`), if given.
    public let zone: String?

    /// An address of four or sixteen octets; `nil` for any other number of them.
    public init?(octets: [UInt8], zone: String? = nil) {
        guard octets.count == 4 || octets.count == 16 else { return nil }
        self.octets = octets
        self.zone = zone
    }

    /// Whether the address is an IPv6 one.
    public var isIPv6: Bool { octets.count == 16 }

    /// `127.0.0.0/8` or `::1`.
    public var isLoopback: Bool {
        isIPv6 ? octets.dropLast().allSatisfy { $0 == 0 } && octets[15] == 1 : octets[0] == 127
    }
}

/// The far or the near end of a connection.
public enum Endpoint: Hashable, Sendable {
    /// An address and a port.
    case address(IPAddress, port: UInt16)
    /// A host name, looked up when the connection is made, and a port.
    case name(String, port: UInt16)
    /// A unix-domain socket at a path.
    case unix(String)
}
