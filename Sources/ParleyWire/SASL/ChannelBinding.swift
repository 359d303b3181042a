/// What ties a login to the TLS connection that it travels on (RFC 5056): a proof over it is worth
/// nothing on another connection, so that nobody in between can pass it on.
public struct ChannelBinding: Hashable, Sendable {
    /// The registered types that Parley knows.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Keying material of the connection itself, RFC 9266; TLS 1.3, or 1.2 with an extended
        /// master secret.
        case exporter = "tls-exporter"
        /// The hash of the server's certificate, RFC 5929 §4: it tells servers apart, not
        /// connections, and so survives a proxy that holds the same certificate.
        case serverEndPoint = "tls-server-end-point"
    }

    /// The type, as the GS2 header names it.
    public var kind: Kind

    /// What both ends of the connection know; not a secret.
    public var data: [UInt8]

    /// A binding.
    public init(_ kind: Kind, _ data: [UInt8]) {
        self.kind = kind
        self.data = data
    }
}
