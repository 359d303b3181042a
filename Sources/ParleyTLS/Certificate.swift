/// A certificate as a value. All text in it is fit for a terminal: control characters are escaped
/// and lengths bounded, whatever the peer put there.
public struct Certificate: Sendable, Hashable {
    /// The certificate itself (X.690 DER).
    public let der: [UInt8]
    /// The subject as an RFC 4514 string; empty where the certificate relies on its names.
    public let subject: String
    /// The issuer as an RFC 4514 string.
    public let issuer: String
    /// The subject's most specific common name.
    public let commonName: String?
    /// The host names among the subject alternative names, in order; none with an embedded NUL.
    public let hostNames: [String]
    /// The IP addresses among the subject alternative names, in order.
    public let addresses: [String]
    /// The start of validity in seconds since 1970; 0 where it is unreadable.
    public let notBefore: Int64
    /// The end of validity in seconds since 1970; 0 where it is unreadable.
    public let notAfter: Int64
    /// The serial number in lower-case hexadecimal.
    public let serial: String
    /// The SHA-256 fingerprint of the whole certificate in lower-case hexadecimal.
    public let sha256: String
    /// `RSA`, `RSA-PSS`, `EC`, `Ed25519`, `Ed448`, `DSA`, or what OpenSSL calls it.
    public let publicKeyKind: String
    /// The size of the key in bits.
    public let publicKeyBits: Int
    /// The signature's algorithm, e.g. `ecdsa-with-SHA256`.
    public let signatureAlgorithm: String
    /// Whether it may issue certificates.
    public let isAuthority: Bool
    /// Whether it names itself as its issuer.
    public let isSelfSigned: Bool

    /// Host names, then addresses: all that the certificate claims to be.
    public var names: [String] { hostNames + addresses }

    /// Two certificates are the same when their bytes are.
    public static func == (left: Certificate, right: Certificate) -> Bool {
        left.der == right.der
    }

    /// By the bytes.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(sha256)
    }
}
