/// The client's side of one SASL exchange, RFC 4422; one value per exchange.
///
/// What it says and hears is not yet, or no longer, in base64.
public protocol SASLMechanism: Sendable {
    /// The mechanism's registered name in upper case.
    static var name: String { get }

    /// An exchange with these credentials.
    ///
    /// - Throws: ``WireError`` `script.verb` if the mechanism cannot express them.
    init(_ credentials: SASLCredentials) throws(WireError)

    /// What goes out with the AUTH command itself, if the mechanism speaks first.
    mutating func initialResponse() -> SASLMessage?

    /// The answer to a challenge, or `nil` if the mechanism has none, so that the exchange is
    /// cancelled.
    mutating func respond(to challenge: [UInt8]) -> SASLMessage?
}

/// What a mechanism says.
public struct SASLMessage: Hashable, Sendable {
    /// The octets.
    public var bytes: [UInt8]

    /// Whether they hold a secret.
    public var isSecret: Bool

    /// A message.
    public init(_ bytes: [UInt8], isSecret: Bool) {
        self.bytes = bytes
        self.isSecret = isSecret
    }
}

/// The mechanisms that Parley speaks.
public enum SASLMechanisms {
    /// All of them, in the order of preference.
    public static let all: [any SASLMechanism.Type] = [
        PlainMechanism.self, LoginMechanism.self,
    ]

    /// Their names.
    public static var names: [String] { all.map { $0.name } }

    /// The mechanism of that name, whatever the case.
    public static func mechanism(named name: String) -> (any SASLMechanism.Type)? {
        all.first { $0.name.utf8.elementsEqual(name.utf8.lazy.map(\.asciiUpper)) }
    }
}
