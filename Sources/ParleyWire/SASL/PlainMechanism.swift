/// PLAIN, RFC 4616: everything in one message, with the command.
///
/// ```
/// C: AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm
/// S: 235 2.7.0 Authentication successful
/// ```
public struct PlainMechanism: SASLMechanism {
    /// `PLAIN`
    public static let name = "PLAIN"

    /// There is nothing to read.
    public static let readsChallenges = false

    private let credentials: SASLCredentials

    /// An exchange; a NUL in the credentials cannot be expressed.
    public init(_ credentials: SASLCredentials, _ context: SASLContext) throws(WireError) {
        let parts = [credentials.authorization, credentials.user, credentials.password]
        guard !parts.contains(where: { $0.contains(0) }) else {
            throw WireError(.verb, "PLAIN cannot express a NUL in a name or password")
        }
        self.credentials = credentials
    }

    /// `authorization NUL user NUL password`
    public mutating func initialResponse() -> SASLMessage? {
        SASLMessage(
            credentials.authorization + [0] + credentials.user + [0] + credentials.password,
            isSecret: true
        )
    }

    /// There is nothing left to say.
    public mutating func respond(to challenge: [UInt8]) -> SASLMessage? { nil }
}
