/// EXTERNAL, RFC 4422 appendix A: the server knows the client already, by its TLS certificate for
/// example; at most the name as whom to act is said.
///
/// ```
/// C: AUTH EXTERNAL =
/// S: 235 2.7.0 Authentication successful
/// ```
public struct ExternalMechanism: SASLMechanism {
    /// `EXTERNAL`
    public static let name = "EXTERNAL"

    /// Nothing but a name.
    public static let proof = SASLProof.nothing

    /// There is nothing to read.
    public static let readsChallenges = false

    private let credentials: SASLCredentials

    /// An exchange; the user is the name as whom to act, and empty for the server's choice.
    public init(_ credentials: SASLCredentials, _ context: SASLContext) throws(WireError) {
        guard !credentials.user.contains(0) else {
            throw WireError(.verb, "EXTERNAL cannot express a NUL in a name")
        }
        self.credentials = credentials
    }

    /// The name.
    public mutating func initialResponse() -> SASLMessage? {
        SASLMessage(credentials.user, isSecret: credentials.isUserSecret)
    }

    /// There is nothing left to say.
    public mutating func respond(to challenge: [UInt8]) -> SASLMessage? { nil }
}
