internal import Glibc

/// IP addresses as text.
enum AddressText {
    /// Whether `text` is an IPv4 address: `192.0.2.1`.
    static func isIPv4(_ text: String) -> Bool { parses(text, AF_INET) }

    /// Whether `text` is an IPv6 address, without brackets: `2001:db8::1`.
    static func isIPv6(_ text: String) -> Bool { parses(text, AF_INET6) }

    private static func parses(_ text: String, _ family: Int32) -> Bool {
        guard !text.utf8.contains(0) else { return false }
        return withUnsafeTemporaryAllocation(byteCount: 16, alignment: 8) {
            inet_pton(family, text, $0.baseAddress) == 1
        }
    }
}
