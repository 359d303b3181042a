internal import Glibc

extension IPAddress: LosslessStringConvertible {
    /// An address from its text: four decimal octets, or IPv6 text of RFC 4291 §2.2 with an
    /// optional zone (`fe80::1%eth0`, RFC 4007 §11). `nil` for anything else, brackets included.
    public init?(_ text: String) {
        let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, !text.utf8.contains(0) else { return nil }
        let body = String(first)
        guard parts.count == 1 else {
            let zone = String(parts[1])
            guard !zone.isEmpty, let address = Self.parseIPv6(body, zone: zone) else { return nil }
            self = address
            return
        }
        guard let address = Self.parseIPv4(body) ?? Self.parseIPv6(body, zone: nil) else {
            return nil
        }
        self = address
    }

    /// The canonical text (RFC 5952 for IPv6), without brackets, with the zone if there is one.
    public var description: String {
        let text = isIPv6 ? printedIPv6 : octets.map(String.init).joined(separator: ".")
        guard let zone else { return text }
        return text + "%" + zone
    }

    /// The address literal of mail (RFC 5321 §4.1.3): `[192.0.2.1]`, `[IPv6:2001:db8::1]`.
    public var mailLiteral: String {
        isIPv6 ? "[IPv6:\(printedIPv6)]" : "[\(self)]"
    }

    private static func parseIPv4(_ text: String) -> IPAddress? {
        var address = in_addr()
        guard inet_pton(AF_INET, text, &address) == 1 else { return nil }
        return IPAddress(v4: UInt32(bigEndian: address.s_addr))
    }

    private static func parseIPv6(_ text: String, zone: String?) -> IPAddress? {
        var address = in6_addr()
        guard inet_pton(AF_INET6, text, &address) == 1 else { return nil }
        return IPAddress(address, zone: zone)
    }

    private var printedIPv6: String {
        var address = in6Addr
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) {
            guard let base = $0.baseAddress,
                inet_ntop(AF_INET6, &address, base, socklen_t(INET6_ADDRSTRLEN)) != nil
            else { return "::" }
            return String(cString: base)
        }
    }
}

extension IPAddress {
    init(_ address: in6_addr, zone: String?) {
        let (high, low) = unsafeBitCast(address, to: (UInt64, UInt64).self)
        self.init(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low), zone: zone)
    }

    var in6Addr: in6_addr {
        unsafeBitCast((high.bigEndian, low.bigEndian), to: in6_addr.self)
    }
}
