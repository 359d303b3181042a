/// What a throw-away certificate shall look like. The defaults make a good one; each property
/// turned from its default makes one that a client should complain about.
public struct CertificateRequest: Sendable, Hashable {
    /// The kind of key to make.
    public enum KeyKind: Sendable, Hashable {
        /// An elliptic curve key on P-256: quick to make.
        case ec256
        /// RSA with 2048 bits.
        case rsa2048
        /// RSA with 1024 bits, which is too weak.
        case rsa1024
    }

    /// Host names and IP addresses, as subject alternative names.
    public var names: [String]
    /// The subject's common name; the first name where not set.
    public var commonName: String?
    /// Leave the alternative names out, so that only the common name is there.
    public var commonNameOnly = false
    /// The start of validity, from now.
    public var starts: Duration = .seconds(-3600)
    /// The end of validity, from now.
    public var ends: Duration = .seconds(30 * 86400)
    /// The key to make.
    public var keyKind = KeyKind.ec256
    /// Put an extension in that nobody knows and that is marked critical (RFC 5280 section 4.2).
    public var hasUnknownCriticalExtension = false
    /// How many octets of ballast to put in, in an extension that is not critical.
    public var ballast = 0
    /// How many intermediate authorities stand between the authority and the certificate.
    public var intermediates = 0
    /// Leave the intermediate authorities out of what the server shows.
    public var hidesIntermediates = false
    /// Sign with the certificate's own key instead of the authority's.
    public var selfSigned = false

    /// A good certificate for these names.
    public init(names: [String]) {
        self.names = names
    }
}
