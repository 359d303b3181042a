internal import ParleyVerbs

/// The server's side of an AUTH exchange in SMTP's lines, for scripted servers: base64, `=`, `*`,
/// and the last challenge that carries what a success or a refusal has to say.
///
/// ```swift
/// var exchange = SASLServerExchange("SCRAM-SHA-256 biws…", context)
/// var step = exchange.start()
/// // .challenge(text): send "334 text", read a line, then
/// step = exchange.receive(line)
/// // .credentials: 235 · .refused: 535 or 501 · .cancelled, .malformed: 501 · .unknownMechanism:
/// 504
/// ```
public struct SASLServerExchange: Sendable {
    /// What the server does next.
    public enum Step: Hashable, Sendable {
        /// Answer `334` with this text, which is in base64 already, and wait for a line.
        case challenge(String)
        /// The client said who it is, and proved it where the server has accounts; the script
        /// decides whether that will do.
        case credentials(SASLCredentials)
        /// The client's proof is wrong: answer 535.
        case refused(SASLServerFailure)
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
    private var exchange: (any SASLServerMechanism)?
    private let faults: Set<SASLServerFault>
    private var isStarted = false
    /// What is said once the client has answered the last challenge.
    private var verdict: Step?

    /// An exchange that the argument of an AUTH command begins: `PLAIN AHRpbQ…`.
    public init(_ argument: String, _ context: SASLServerContext = SASLServerContext()) {
        let words = argument.utf8.split(separator: 0x20, maxSplits: 1)
        mechanism = words.first.map { String($0) ?? "" }?.asciiUppercased ?? ""
        initial = words.count > 1 ? Array(words[1]) : nil
        exchange = SASLServerMechanisms.exchange(mechanism, context)
        faults = context.faults
    }

    /// The first step.
    public mutating func start() -> Step {
        guard !isStarted else { return .malformed("AUTH was started before") }
        isStarted = true
        guard exchange != nil else { return .unknownMechanism }
        guard let initial else { return step { $0.start(nil) } }
        guard let message = Self.decode(initial) else { return .malformed("not base64") }
        return step { $0.start(message) }
    }

    /// The step after a line of the client's, without its line end.
    public mutating func receive(_ line: [UInt8]) -> Step {
        if line == [0x2A] { return .cancelled }
        guard let message = Self.decode(line) else { return .malformed("not base64") }
        if let verdict, !faults.contains(.endless) { return verdict }
        return step { $0.next(message) }
    }

    // MARK: - Private

    /// A lone "=" is an empty initial response, RFC 4954 §4.
    private static func decode(_ line: [UInt8]) -> [UInt8]? {
        line == [0x3D] ? [] : Base64.decode(line)
    }

    private mutating func step(
        _ body: (inout any SASLServerMechanism) -> SASLServerStep
    ) -> Step {
        guard var exchange else { return .unknownMechanism }
        guard !faults.contains(.skipSteps) else {
            return .credentials(SASLCredentials(user: [], password: []))
        }
        let step = body(&exchange)
        self.exchange = exchange
        switch step {
        case .challenge(let data):
            return challenge(data)
        case .success(let credentials, let data):
            return end(.credentials(credentials), data)
        case .failure(let failure):
            let isMalformed = failure.code == .malformed
            return end(isMalformed ? .malformed(failure.reason) : .refused(failure), failure.data)
        }
    }

    private mutating func end(_ verdict: Step, _ data: [UInt8]?) -> Step {
        guard !faults.contains(.endless) else { return challenge(data ?? []) }
        guard let data else { return verdict }
        self.verdict = verdict
        return challenge(data)
    }

    private func challenge(_ data: [UInt8]) -> Step {
        guard !faults.contains(.garbage) else { return .challenge("!garbage!") }
        return .challenge(String(decoding: Base64.encode(data), as: UTF8.self))
    }
}
