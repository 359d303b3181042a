/// What a client's side of TLS offers and asks for.
public struct TLSClientOptions: Sendable {
    /// Whom to trust.
    public var trust: TLSTrust = .system
    /// The least version offered. Below TLS 1.2 the security level falls to 0 unless it is set.
    public var minimumVersion: TLSVersion = .tls12
    /// The greatest version offered.
    public var maximumVersion: TLSVersion = .tls13
    /// OpenSSL's cipher list for TLS 1.2 and before, e.g. `ECDHE+AESGCM`.
    public var ciphers: String?
    /// The cipher suites of TLS 1.3, joined by colons.
    public var cipherSuites: String?
    /// Key exchange groups, joined by colons, e.g. `X25519:P-256`.
    public var groups: String?
    /// Signature algorithms that the peer may sign the handshake with, joined by colons, e.g.
    /// `ECDSA+SHA256:rsa_pss_rsae_sha256`.
    public var signatureAlgorithms: String?
    /// ALPN protocol names (RFC 7301), best first; each 1 to 255 bytes.
    public var applicationProtocols: [String] = []
    /// OpenSSL's security level, 0 to 5; 2 where not set (112 bits: RSA 2048, no SHA-1).
    public var securityLevel: Int?
    /// The client's own certificate, for a server that asks for one.
    public var identity: ServerIdentity?
    /// Whether to ask for a stapled OCSP response (RFC 6066 section 8). One that says "revoked"
    /// refuses the certificate.
    public var requestsStapling = true
    /// Whether a stapled OCSP response must be there, current and rightly signed.
    public var demandsStapling = false
    /// Whether session tickets (RFC 5077) are asked for; TLS 1.3 servers may send theirs unasked.
    public var usesTickets = true
    /// Where the secrets of each session are written, for whoever is to decrypt a capture.
    public var keyLog: TLSKeyLog?

    /// TLS 1.2 or 1.3 against the system's trust store.
    public init() {}

    /// The same, trusting only what is named.
    public init(trust: TLSTrust) {
        self.trust = trust
    }
}
