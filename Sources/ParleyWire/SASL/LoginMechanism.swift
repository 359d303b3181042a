/// LOGIN, an obsolete mechanism without a standard (draft-murchison-sasl-login) that is in use
/// everywhere: the server asks for the name, then for the password.
///
/// ```
/// C: AUTH LOGIN
/// S: 334 VXNlcm5hbWU6
/// C: dGlt
/// S: 334 UGFzc3dvcmQ6
/// C: dGFuc3RhYWZ0YW5zdGFhZg==
/// S: 235 2.7.0 Authentication successful
/// ```
public struct LoginMechanism: SASLMechanism {
    /// `LOGIN`
    public static let name = "LOGIN"

    /// The prompts differ in the field.
    public static let readsChallenges = false

    private let credentials: SASLCredentials
    private var answered = 0

    /// An exchange.
    public init(_ credentials: SASLCredentials, _ context: SASLContext) {
        self.credentials = credentials
    }

    /// The server speaks first.
    public mutating func initialResponse() -> SASLMessage? { nil }

    /// The name, then the password, whatever the server's prompts say.
    public mutating func respond(to challenge: [UInt8]) -> SASLMessage? {
        answered += 1
        switch answered {
        case 1: return SASLMessage(credentials.user, isSecret: credentials.isUserSecret)
        case 2: return SASLMessage(credentials.password, isSecret: true)
        default: return nil
        }
    }

    /// A yes that comes before the password went out was not meant for this user.
    public func finish() throws(WireError) {
        guard answered >= 2 else {
            throw .refused(Self.name, "the server says yes without having asked for the password")
        }
    }
}
