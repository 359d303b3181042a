public import ParleyPatterns
public import ParleyTLS
public import ParleyWire

/// Records of the field: what a server offers, a connection's TLS, certificates.
public final class RecordBox: Sendable {
    /// What it holds.
    public enum Content: Sendable {
        case capabilities(Capabilities)
        case tls(TLSSummary)
        /// A certificate and those that follow it in the chain, itself first.
        case certificate(Certificate, chain: [Certificate])
        /// The public key of a certificate.
        case key(Certificate)
        case pattern(Pattern)
    }

    /// What it holds.
    public let content: Content

    /// A record.
    public init(_ content: Content) {
        self.content = content
    }
}
