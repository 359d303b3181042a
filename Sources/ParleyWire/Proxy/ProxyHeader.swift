/// The header of the PROXY protocol, versions 1 and 2, as a client sends it before anything else.
///
/// ```text
/// C: PROXY TCP4 192.0.2.1 198.51.100.7 4711 25
/// S: 220 mx.example.net ESMTP
/// ```
public struct ProxyHeader: Hashable, Sendable {
    /// Which form it takes.
    public enum Version: String, Hashable, Sendable, CaseIterable {
        /// One line of text.
        case v1
        /// Binary.
        case v2
    }

    /// Whose connection it speaks of.
    public enum Origin: Hashable, Sendable {
        /// A client's, with the address that it connected from and the one that it connected to.
        case proxied(client: ProxyAddress, server: ProxyAddress)
        /// Nobody knows: `UNKNOWN` in version 1, `AF_UNSPEC` in version 2.
        case unknown
        /// The proxy's own, for a health check; version 2 only.
        case local
    }

    /// Which form it takes.
    public var version: Version
    /// Whose connection it speaks of.
    public var origin: Origin
    /// The host name that the client asked for, such as its SNI (`PP2_TYPE_AUTHORITY`); version 2
    /// only.
    public var authority: [UInt8]?

    /// A header.
    public init(_ version: Version, _ origin: Origin, authority: [UInt8]? = nil) {
        self.version = version
        self.origin = origin
        self.authority = authority
    }

    /// The longest authority that fits.
    public static let authorityLimit = 255

    private static let signature: [UInt8] = [
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
    ]

    /// The octets; `nil` for what the protocol cannot say: addresses of two families, `local` or an
    /// authority in version 1, an authority of more than ``authorityLimit`` octets.
    public var octets: [UInt8]? {
        if case .proxied(let client, let server) = origin, client.isIPv6 != server.isIPv6 {
            return nil
        }
        switch version {
        case .v1: return authority == nil ? line.map { Array("\($0)\r\n".utf8) } : nil
        case .v2: return binary
        }
    }

    /// How a transcript shows it: `PROXY v2 TCP4 192.0.2.1:4711 to 198.51.100.7:25`.
    public var summary: String {
        var words = "PROXY \(version.rawValue) "
        switch origin {
        case .local: words += "LOCAL"
        case .unknown: words += "UNKNOWN"
        case .proxied(let client, let server):
            words += "\(client.isIPv6 ? "TCP6" : "TCP4") \(client.description)"
            words += " to \(server.description)"
        }
        if let authority { words += ", authority \(String(decoding: authority, as: UTF8.self))" }
        return words
    }

    private var line: String? {
        switch origin {
        case .local: return nil
        case .unknown: return "PROXY UNKNOWN"
        case .proxied(let client, let server):
            let family = client.isIPv6 ? "TCP6" : "TCP4"
            return "PROXY \(family) \(client.text) \(server.text) \(client.port) \(server.port)"
        }
    }

    private var binary: [UInt8]? {
        var rest: [UInt8] = []
        let command: UInt8
        let family: UInt8
        switch origin {
        case .local: (command, family) = (0x20, 0x00)
        case .unknown: (command, family) = (0x21, 0x00)
        case .proxied(let client, let server):
            (command, family) = (0x21, client.isIPv6 ? 0x21 : 0x11)
            rest += client.octets + server.octets
            rest += Self.number(client.port) + Self.number(server.port)
        }
        if let authority {
            guard (1...Self.authorityLimit).contains(authority.count) else { return nil }
            rest += [0x02] + Self.number(UInt16(authority.count)) + authority
        }
        return Self.signature + [command, family] + Self.number(UInt16(rest.count)) + rest
    }

    private static func number(_ value: UInt16) -> [UInt8] {
        [UInt8(value >> 8), UInt8(value & 0xFF)]
    }
}
