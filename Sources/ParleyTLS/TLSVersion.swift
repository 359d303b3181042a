/// A version of the protocol, ordered by age.
public struct TLSVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The number on the wire, e.g. 0x0304 for TLS 1.3.
    public let number: UInt16

    /// SSL 3.0 (RFC 6101), broken; only a survey asks for it.
    static let ssl3 = TLSVersion(number: 0x0300)
    /// TLS 1.0 (RFC 2246), obsolete.
    public static let tls10 = TLSVersion(number: 0x0301)
    /// TLS 1.1 (RFC 4346), obsolete.
    public static let tls11 = TLSVersion(number: 0x0302)
    /// TLS 1.2 (RFC 5246).
    public static let tls12 = TLSVersion(number: 0x0303)
    /// TLS 1.3 (RFC 8446).
    public static let tls13 = TLSVersion(number: 0x0304)

    static let named: [(name: String, version: TLSVersion)] = [
        ("TLSv1.3", .tls13), ("TLSv1.2", .tls12), ("TLSv1.1", .tls11), ("TLSv1", .tls10),
        ("TLSv1.0", .tls10), ("SSLv3", .ssl3),
    ]

    init(number: UInt16) {
        self.number = number
    }

    /// A version from its usual spelling: `TLSv1.3`, `TLSv1.2`, `TLSv1.1`, `TLSv1` or `TLSv1.0`.
    public init?(_ name: String) {
        guard let entry = Self.named.first(where: { $0.name == name }) else { return nil }
        self = entry.version
    }

    /// The usual spelling, e.g. `TLSv1.3`.
    public var description: String {
        Self.named.first { $0.version == self }?.name ?? "unknown"
    }

    /// Older versions come first.
    public static func < (left: TLSVersion, right: TLSVersion) -> Bool {
        left.number < right.number
    }
}
