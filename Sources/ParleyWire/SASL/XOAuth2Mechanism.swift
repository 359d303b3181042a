/// XOAUTH2, Google's and Microsoft's forerunner of OAUTHBEARER: a user and an access token.
///
/// A server that refuses says why in a challenge first, as JSON, and wants it answered:
///
/// ```
/// C: AUTH XOAUTH2 dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5…AQE=
/// S: 334 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIn0=
/// C:
/// S: 535 5.7.8 Username and Password not accepted
/// ```
public struct XOAuth2Mechanism: SASLMechanism {
    /// `XOAUTH2`
    public static let name = "XOAUTH2"

    /// A token.
    public static let proof = SASLProof.token

    private let credentials: SASLCredentials
    private var isRefused = false

    /// An exchange; the password is the token. A Control-A in either cannot be expressed.
    public init(_ credentials: SASLCredentials, _ context: SASLContext) throws(WireError) {
        guard !credentials.user.contains(1), !credentials.password.contains(1) else {
            throw WireError(.verb, "XOAUTH2 cannot express a Control-A in a name or token")
        }
        self.credentials = credentials
    }

    /// `user=… ^A auth=Bearer … ^A ^A`
    public mutating func initialResponse() -> SASLMessage? {
        var message = Array("user=".utf8) + credentials.user + [1]
        message += "auth=Bearer ".utf8
        message += credentials.password + [1, 1]
        return SASLMessage(message, isSecret: true)
    }

    /// Nothing, once, so that the server goes on to its refusal.
    public mutating func respond(to challenge: [UInt8]) -> SASLMessage? {
        guard !isRefused else { return nil }
        isRefused = true
        return .empty
    }
}
