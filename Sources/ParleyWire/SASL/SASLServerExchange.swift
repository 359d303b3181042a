internal import ParleyVerbs

/// The server's side of AUTH PLAIN and AUTH LOGIN, for scripted servers.
public struct SASLServerExchange: Sendable {
    /// What the server does next.
    public enum Step: Hashable, Sendable {
        /// Answer `334` with this text, which is in base64 already, and wait for a line.
        case challenge(String)
        /// The client said who it is; the script decides whether that will do.
        case credentials(SASLCredentials)
        /// The client cancelled with `*`: answer 501.
        case cancelled
        /// The client's message makes no sense: answer 501.
        case malformed(String)
        /// The mechanism is not known: answer 504.
        case unknownMechanism
    }

    /// The mechanism's name in upper case.
    public let mechanism: String

    private var initial: [UInt8]?
    private var user: [UInt8]?
    private var isStarted = false

    /// An exchange that the argument of an AUTH command begins: `PLAIN AHRpbQ…`.
    public init(_ argument: String) {
        let words = argument.utf8.split(separator: 0x20, maxSplits: 1)
        mechanism = words.first.map { String($0) ?? "" }?.asciiUppercased ?? ""
        initial = words.count > 1 ? Array(words[1]) : nil
    }

    /// The first step.
    public mutating func start() -> Step {
        guard !isStarted else { return .malformed("AUTH was started before") }
        isStarted = true
        switch mechanism {
        case PlainMechanism.name:
            guard let initial else { return .challenge("") }
            return receive(initial)
        case LoginMechanism.name:
            guard let initial else { return .challenge("VXNlcm5hbWU6") }
            return receive(initial)
        default:
            return .unknownMechanism
        }
    }

    /// The step after a line of the client's, without its line end.
    public mutating func receive(_ line: [UInt8]) -> Step {
        if line == [0x2A] { return .cancelled }
        // A lone "=" is an empty initial response, RFC 4954 §4.
        guard let message = line == [0x3D] ? [] : Base64.decode(line) else {
            return .malformed("not base64")
        }
        guard mechanism == PlainMechanism.name else { return login(message) }
        let parts = message.split(separator: 0, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return .malformed("PLAIN has three parts") }
        return .credentials(
            SASLCredentials(
                authorization: Array(parts[0]),
                user: Array(parts[1]),
                password: Array(parts[2])
            )
        )
    }

    private mutating func login(_ message: [UInt8]) -> Step {
        guard let user else {
            self.user = message
            return .challenge("UGFzc3dvcmQ6")
        }
        return .credentials(SASLCredentials(user: user, password: message))
    }
}
