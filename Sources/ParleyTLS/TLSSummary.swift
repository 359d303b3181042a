/// What a handshake agreed on.
public struct TLSSummary: Sendable {
    /// The version, e.g. `TLSv1.3`.
    public let version: String
    /// OpenSSL's name of the cipher, e.g. `TLS_AES_256_GCM_SHA384`.
    public let cipher: String
    /// The key exchange group, e.g. `x25519`; nil without one.
    public let group: String?
    /// The algorithm by which the peer signed the handshake, by its name in TLS 1.3's registry,
    /// e.g. `ecdsa_secp256r1_sha256`; nil where nothing was signed, as in a resumed session.
    public let signatureAlgorithm: String?
    /// The ALPN protocol agreed on (RFC 7301); nil where none was.
    public let alpn: String?
    /// Whether an earlier session was resumed, in which case its certificate still counts.
    public let resumed: Bool
    /// Whether an OCSP response was stapled (RFC 6066 section 8).
    public let stapled: Bool
    /// Whether the peer's certificate passed: chain and name, or the chain alone with
    /// `TLSVerification.chain`. A server that asked for no certificate has verified nothing.
    public let verified: Bool
    /// Whether a TLSA record vouches for the peer; nil where none was given.
    public let isDANE: Bool?
    /// All that is wrong with the certificate although it was not refused.
    public let problems: [TLSProblem]
    /// The certificates presented.
    public let peer: TLSPeerChain?

    /// The chain as presented, leaf first; read on demand.
    public var chain: [Certificate] { peer?.certificates ?? [] }
}
