/// The client's side of one SASL exchange, RFC 4422; one value per exchange.
///
/// What it says and hears is not yet, or no longer, in base64.
public protocol SASLMechanism: Sendable {
    /// The mechanism's registered name in upper case.
    static var name: String { get }

    /// What it logs in with.
    static var proof: SASLProof { get }

    /// Whether what the server's challenges say matters; if not, they need not even be base64.
    static var readsChallenges: Bool { get }

    /// Whether it ties the login to the TLS connection, and so needs one.
    static var bindsChannel: Bool { get }

    /// An exchange with these credentials.
    ///
    /// - Throws: ``WireError`` `script.verb` if the mechanism cannot express them.
    init(_ credentials: SASLCredentials, _ context: SASLContext) throws(WireError)

    /// What goes out with the AUTH command itself, if the mechanism speaks first.
    mutating func initialResponse() -> SASLMessage?

    /// The answer to a challenge, or `nil` if the mechanism has none, so that the exchange is
    /// cancelled and the server's reply to that is judged.
    ///
    /// - Throws: ``WireError`` `auth.refused` if the challenge breaks the mechanism's rules or
    ///   shows that the server is not the one that knows the password; `auth.mechanism` if a hash
    ///   that the mechanism needs is forbidden on this machine.
    mutating func respond(to challenge: [UInt8]) throws(WireError) -> SASLMessage?

    /// What is worth doing elsewhere before ``respond(to:)`` gets that challenge, because it would
    /// keep the loop busy; afterwards the answer costs next to nothing.
    func work(for challenge: [UInt8]) -> (@Sendable () -> Void)?

    /// Called when the server says that the login succeeded.
    ///
    /// - Throws: ``WireError`` `auth.refused` if the server may not say so yet: it skipped a step,
    ///   or did not prove that it knows the password where the mechanism demands that.
    func finish() throws(WireError)
}

extension SASLMechanism {
    /// A password.
    public static var proof: SASLProof { .password }

    /// It does not.
    public static var bindsChannel: Bool { false }

    /// Nothing takes long.
    public func work(for challenge: [UInt8]) -> (@Sendable () -> Void)? { nil }

    /// They matter.
    public static var readsChallenges: Bool { true }

    /// The server's word suffices.
    public func finish() throws(WireError) {}
}

/// What a mechanism logs in with.
public enum SASLProof: Hashable, Sendable {
    /// A user and a password; only these mechanisms are candidates of `auth best`.
    case password
    /// A user and a token that somebody else issued.
    case token
    /// Nothing but, perhaps, a name: the server knows the client otherwise, or lets anybody in.
    case nothing
}

/// What a mechanism says.
public struct SASLMessage: Hashable, Sendable {
    /// The octets.
    public var bytes: [UInt8]

    /// Whether they hold a secret, or something that a secret can be guessed from.
    public var isSecret: Bool

    /// A message.
    public init(_ bytes: [UInt8], isSecret: Bool) {
        self.bytes = bytes
        self.isSecret = isSecret
    }

    /// Nothing to say.
    static let empty = SASLMessage([], isSecret: false)
}
