/// The client's side of SCRAM, RFC 5802, in one of its forms: neither side says the password, each
/// proves that it knows it.
///
/// From 1 to 1 000 000 iterations are accepted, and names and passwords go out as written.
public struct ScramMechanism<Form: ScramForm>: SASLMechanism {
    /// The hash's name, with `-PLUS` where the channel is bound.
    public static var name: String { Form.hash.rawValue + (Form.bindsChannel ? "-PLUS" : "") }

    /// Whether the form binds the channel.
    public static var bindsChannel: Bool { Form.bindsChannel }

    private var exchange: ScramExchange

    /// An exchange; a NUL in the names or the password cannot be expressed, and nothing can be
    /// bound without TLS.
    public init(_ credentials: SASLCredentials, _ context: SASLContext) throws(WireError) {
        exchange = try ScramExchange(
            Self.name,
            Form.hash.algorithm,
            credentials,
            context,
            isBound: Form.bindsChannel
        )
    }

    /// The names and our nonce.
    public mutating func initialResponse() -> SASLMessage? { exchange.firstMessage }

    /// The proof that we know the password, then nothing once the server has proven the same.
    public mutating func respond(to challenge: [UInt8]) throws(WireError) -> SASLMessage? {
        try exchange.respond(to: challenge)
    }

    /// The key, where many iterations make it.
    public func work(for challenge: [UInt8]) -> (@Sendable () -> Void)? {
        exchange.work(for: challenge)
    }

    /// The server must have proven that it knows the password.
    public func finish() throws(WireError) { try exchange.finish() }
}
