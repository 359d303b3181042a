internal import ParleyTLS

/// What a mechanism has to know besides the credentials.
public struct SASLContext: Sendable {
    /// The service's name in the registry of GSSAPI: `smtp`.
    public var service: String

    /// What the server calls itself; may be empty.
    public var host: [UInt8]

    /// What the TLS connection can be bound by, the preferred first; empty without TLS.
    public var bindings: [ChannelBinding]

    /// Whether the server offers a mechanism with channel binding, whichever.
    public var offersChannelBinding: Bool

    /// Makes a nonce for one exchange: printable ASCII without comma and quotes.
    public var makeNonce: @Sendable () -> [UInt8]

    /// A context.
    public init(
        service: String = "smtp",
        host: [UInt8] = [],
        bindings: [ChannelBinding] = [],
        offersChannelBinding: Bool = false,
        makeNonce: @escaping @Sendable () -> [UInt8] = { SASLContext.randomNonce() }
    ) {
        self.service = service
        self.host = host
        self.bindings = bindings
        self.offersChannelBinding = offersChannelBinding
        self.makeNonce = makeNonce
    }

    /// 144 unpredictable bits in base64.
    public static func randomNonce() -> [UInt8] {
        Base64.encode(SecureRandom.bytes(18))
    }
}
