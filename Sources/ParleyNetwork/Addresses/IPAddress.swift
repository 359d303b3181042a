/// An IPv4 or IPv6 address.
///
/// The octets are kept inline, so that copying, comparing and hashing an address allocates nothing.
public struct IPAddress: Hashable, Sendable {
    /// The first eight octets of an IPv6 address; zero for IPv4.
    package let high: UInt64

    /// The last eight octets of an IPv6 address, or the four of an IPv4 one.
    package let low: UInt64

    /// Whether the address is an IPv6 one.
    public let isIPv6: Bool

    /// The interface a link-local address belongs to (`%eth0`), if given.
    public let zone: String?

    /// An address of four or sixteen octets in network order; `nil` for any other number of them.
    public init?(octets: [UInt8], zone: String? = nil) {
        switch octets.count {
        case 4:
            self.init(v4: UInt32(truncatingIfNeeded: Self.join(octets[...])))
        case 16:
            self.init(high: Self.join(octets[..<8]), low: Self.join(octets[8...]), zone: zone)
        default:
            return nil
        }
    }

    /// An IPv4 address from its 32 bits, the first octet being the most significant.
    public init(v4 bits: UInt32) {
        high = 0
        low = UInt64(bits)
        isIPv6 = false
        zone = nil
    }

    /// An IPv6 address from its two halves, the first octet being the most significant.
    package init(high: UInt64, low: UInt64, zone: String? = nil) {
        self.high = high
        self.low = low
        isIPv6 = true
        self.zone = zone
    }

    /// Four or sixteen octets in network order.
    public var octets: [UInt8] {
        isIPv6 ? Self.split(high, 8) + Self.split(low, 8) : Self.split(low, 4)
    }

    private static func join(_ octets: ArraySlice<UInt8>) -> UInt64 {
        octets.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func split(_ bits: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: bits >> UInt64((count - 1 - $0) * 8)) }
    }
}
