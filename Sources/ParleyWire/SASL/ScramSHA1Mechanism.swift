internal import ParleyTLS

/// SCRAM-SHA-1, RFC 5802, without channel binding: neither side says the password, each proves that
/// it knows it.
///
/// From 1 to 1 000 000 iterations are accepted, and names and passwords go out as written.
public struct ScramSHA1Mechanism: SASLMechanism {
    /// `SCRAM-SHA-1`
    public static let name = "SCRAM-SHA-1"

    private var exchange: ScramExchange

    /// An exchange; a NUL in the names or the password cannot be expressed.
    public init(_ credentials: SASLCredentials, _ context: SASLContext) throws(WireError) {
        exchange = try ScramExchange(Self.name, .sha1, credentials, context)
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
