internal import ParleyTLS

/// SCRAM-SHA-1-PLUS, RFC 5802, with channel binding: the proof of the password covers the TLS
/// connection, so that somebody in between can neither read it nor pass it on.
///
/// From 1 to 1 000 000 iterations are accepted, and names and passwords go out as written.
public struct ScramSHA1PlusMechanism: SASLMechanism {
    /// `SCRAM-SHA-1-PLUS`
    public static let name = "SCRAM-SHA-1-PLUS"

    /// That is what it is for.
    public static let bindsChannel = true

    private var exchange: ScramExchange

    /// An exchange; a NUL in the names or the password cannot be expressed, and nothing can be
    /// bound without TLS.
    public init(_ credentials: SASLCredentials, _ context: SASLContext) throws(WireError) {
        exchange = try ScramExchange(Self.name, .sha1, credentials, context, isBound: true)
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
