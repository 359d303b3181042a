/// The server's side of one SASL exchange, RFC 4422; one value per exchange.
///
/// It does no I/O: it is told what the client says and returns what the server does. What both say
/// is not yet, or no longer, in base64; see ``SASLServerExchange`` for the lines of SMTP.
public protocol SASLServerMechanism: Sendable {
    /// The exchange begins; `initialResponse` is what came with the command, and `nil` is not the
    /// same as an empty response.
    mutating func start(_ initialResponse: [UInt8]?) -> SASLServerStep

    /// The client's answer to the latest challenge.
    mutating func next(_ response: [UInt8]) -> SASLServerStep
}

/// What the server does next.
public enum SASLServerStep: Hashable, Sendable {
    /// Send this and wait for the client's response.
    case challenge([UInt8])

    /// The client is who it says it is, or the script decides so. `data` goes out with the success;
    /// in SMTP, that has no room for it, as a last challenge (RFC 4422 §5).
    case success(SASLCredentials, data: [UInt8]?)

    /// The login fails.
    case failure(SASLServerFailure)
}

/// Why a server says no.
public struct SASLServerFailure: Error, Hashable, Sendable {
    /// The kinds of failure.
    public enum Code: String, Hashable, Sendable {
        /// The message breaks the mechanism's rules: SMTP's 501.
        case malformed
        /// The proof, the password or the token is wrong, or there is no such user: SMTP's 535.
        case credentials
        /// What the client says of channel binding does not fit: SMTP's 535.
        case channelBinding = "channel-binding"
    }

    /// The kind of failure.
    public var code: Code

    /// Why, for people.
    public var reason: String

    /// What the mechanism tells the client of it, as a last challenge that the client answers:
    /// SCRAM's `e=…`, the JSON of XOAUTH2.
    public var data: [UInt8]?

    /// A failure.
    public init(_ code: Code, _ reason: String, data: [UInt8]? = nil) {
        self.code = code
        self.reason = reason
        self.data = data
    }
}
