/// How a scripted server speaks TLS. The defaults take every client, weak ones included.
public struct TLSServerOptions: Sendable {
    /// Whether the server asks for a client certificate.
    public enum ClientCertificate: Sendable, Hashable {
        /// It does not ask.
        case notAsked
        /// It asks, takes any, and goes on without.
        case wanted
        /// It insists on one, but takes any.
        case anyRequired
        /// It insists on one issued by these authorities (PEM).
        case required(authorities: [UInt8])
    }

    /// The least version accepted.
    public var minimumVersion: TLSVersion = .tls12
    /// The greatest version accepted.
    public var maximumVersion: TLSVersion = .tls13
    /// OpenSSL's cipher list for TLS 1.2 and before.
    public var ciphers: String?
    /// The cipher suites of TLS 1.3, joined by colons.
    public var cipherSuites: String?
    /// Key exchange groups, joined by colons.
    public var groups: String?
    /// ALPN protocol names, best first; a client that offers none of them is served without.
    public var applicationProtocols: [String] = []
    /// How many tickets a TLS 1.3 handshake ends with; 0 also turns those of TLS 1.2 off.
    public var tickets = 2
    /// The OCSP response to staple (RFC 6066 section 8), in DER; nil staples none.
    public var staple: [UInt8]?
    /// Whether a client must show a certificate.
    public var clientCertificate = ClientCertificate.notAsked

    /// A server that takes TLS 1.2 and 1.3 and gives tickets.
    public init() {}
}
