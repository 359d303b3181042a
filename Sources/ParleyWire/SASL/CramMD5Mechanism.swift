internal import ParleyTLS

/// CRAM-MD5, RFC 2195: the server's challenge, hashed with the password as the key.
///
/// It hides the password from a listener, who can still try passwords against what he heard, and
/// proves nothing about the server.
///
/// ```
/// C: AUTH CRAM-MD5
/// S: 334 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+
/// C: dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw
/// S: 235 2.7.0 Authentication successful
/// ```
public struct CramMD5Mechanism: SASLMechanism {
    /// `CRAM-MD5`
    public static let name = "CRAM-MD5"

    private let credentials: SASLCredentials
    private var isAnswered = false

    /// An exchange.
    public init(_ credentials: SASLCredentials, _ context: SASLContext) {
        self.credentials = credentials
    }

    /// The server speaks first.
    public mutating func initialResponse() -> SASLMessage? { nil }

    /// `user SP` and the keyed hash in hexadecimal.
    public mutating func respond(to challenge: [UInt8]) throws(WireError) -> SASLMessage? {
        guard !isAnswered else { return nil }
        guard !challenge.isEmpty else {
            throw .refused(Self.name, "the server's challenge is empty")
        }
        isAnswered = true
        let hash = Digest.hmac(.md5, key: credentials.password, challenge)
        guard !hash.isEmpty else { throw .forbidden(Self.name) }
        return SASLMessage(credentials.user + [0x20] + hexadecimal(hash), isSecret: true)
    }

    /// A success without a challenge judged no password.
    public func finish() throws(WireError) {
        guard isAnswered else {
            throw .refused(Self.name, "the server says yes without having asked for anything")
        }
    }
}
