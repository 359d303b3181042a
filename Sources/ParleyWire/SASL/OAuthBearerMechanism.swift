/// OAUTHBEARER, RFC 7628: a user and a bearer token.
///
/// A server that refuses says why in a challenge first, as JSON; it is answered with a lone
/// Control-A.
///
/// ```
/// C: AUTH OAUTHBEARER bixhPXVzZXJAZXhhbXBsZS5jb20sAWF1dGg9QmVhcmVyIHZGOW…AQE=
/// S: 334 eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=
/// C: AQ==
/// S: 535 5.7.8 Error: authentication failed
/// ```
public struct OAuthBearerMechanism: SASLMechanism {
    /// `OAUTHBEARER`
    public static let name = "OAUTHBEARER"

    /// A token.
    public static let proof = SASLProof.token

    /// The host and the port that the client connected to, if the server should be told (§3.1).
    public var target: (host: String, port: UInt16)?

    private let credentials: SASLCredentials
    private var isRefused = false

    /// An exchange; the password is the token. A Control-A or NUL cannot be expressed.
    public init(_ credentials: SASLCredentials, _ context: SASLContext) throws(WireError) {
        guard !(credentials.user + credentials.password).contains(where: { $0 < 2 }) else {
            throw WireError(.verb, "OAUTHBEARER cannot express Control-A or NUL in a name or token")
        }
        self.credentials = credentials
    }

    /// `n,a=user, ^A auth=Bearer … ^A ^A`
    public mutating func initialResponse() -> SASLMessage? {
        var message = Array("n,".utf8)
        if !credentials.user.isEmpty { message += "a=".utf8 + saslName(credentials.user) }
        message += [0x2C, 1]
        if let target { message += "host=\(target.host)\u{1}port=\(target.port)\u{1}".utf8 }
        message += "auth=Bearer ".utf8
        message += credentials.password + [1, 1]
        return SASLMessage(message, isSecret: true)
    }

    /// A Control-A, once, so that the server goes on to its refusal (§3.2.3).
    public mutating func respond(to challenge: [UInt8]) -> SASLMessage? {
        guard !isRefused else { return nil }
        isRefused = true
        return SASLMessage([1], isSecret: false)
    }
}
