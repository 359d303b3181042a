/// The ranges of the IANA special-purpose address registries (RFC 6890) that mail cares about.
extension IPAddress {
    /// `127.0.0.0/8`, `::1`, or the former mapped into IPv6.
    public var isLoopback: Bool {
        if let mapped { return mapped.isLoopback }
        return isIPv6 ? high == 0 && low == 1 : low >> 24 == 127
    }

    /// `0.0.0.0` or `::`.
    public var isUnspecified: Bool { high == 0 && low == 0 }

    /// `10.0.0.0/8`, `172.16.0.0/12` or `192.168.0.0/16` (RFC 1918).
    public var isPrivate: Bool {
        if let mapped { return mapped.isPrivate }
        return !isIPv6 && (low >> 24 == 10 || low >> 20 == 0xAC1 || low >> 16 == 0xC0A8)
    }

    /// `169.254.0.0/16` (RFC 3927) or `fe80::/10` (RFC 4291 §2.5.6).
    public var isLinkLocal: Bool {
        if let mapped { return mapped.isLinkLocal }
        return isIPv6 ? high >> 54 == 0x3FA : low >> 16 == 0xA9FE
    }

    /// `100.64.0.0/10`, the shared space of carrier-grade NAT (RFC 6598).
    public var isCarrierGradeNAT: Bool {
        if let mapped { return mapped.isCarrierGradeNAT }
        return !isIPv6 && low >> 22 == 0x191
    }

    /// `fc00::/7`, unique local addresses (RFC 4193).
    public var isUniqueLocal: Bool { isIPv6 && high >> 57 == 0x7E }

    /// `224.0.0.0/4` or `ff00::/8`.
    public var isMulticast: Bool {
        if let mapped { return mapped.isMulticast }
        return isIPv6 ? high >> 56 == 0xFF : low >> 28 == 0xE
    }

    /// `192.0.2.0/24`, `198.51.100.0/24`, `203.0.113.0/24` (RFC 5737) or `2001:db8::/32` (RFC
    /// 3849).
    public var isDocumentation: Bool {
        if let mapped { return mapped.isDocumentation }
        guard !isIPv6 else { return high >> 32 == 0x2001_0DB8 }
        return [0xC00002, 0xC63364, 0xCB0071].contains(low >> 8)
    }

    /// `::ffff:0:0/96` (RFC 4291 §2.5.5.2).
    public var isIPv4Mapped: Bool { isIPv6 && high == 0 && low >> 32 == 0xFFFF }

    /// The IPv4 address inside an IPv4-mapped IPv6 one.
    public var mapped: IPAddress? {
        isIPv4Mapped ? IPAddress(v4: UInt32(truncatingIfNeeded: low)) : nil
    }
}
