/// ANONYMOUS, RFC 4505: anybody may come in, and may leave a trace of who it was.
///
/// ```
/// C: AUTH ANONYMOUS c2lyaGM=
/// S: 235 2.7.0 Authentication successful
/// ```
public struct AnonymousMechanism: SASLMechanism {
    /// `ANONYMOUS`
    public static let name = "ANONYMOUS"

    /// Nothing but a trace.
    public static let proof = SASLProof.nothing

    /// There is nothing to read.
    public static let readsChallenges = false

    private let credentials: SASLCredentials

    /// An exchange; the user is the trace, at most 255 characters, and may be empty.
    public init(_ credentials: SASLCredentials, _ context: SASLContext) throws(WireError) {
        let trace = String(decoding: credentials.user, as: UTF8.self).unicodeScalars
        guard trace.count <= 255, !credentials.user.contains(0) else {
            throw WireError(.verb, "ANONYMOUS takes at most 255 characters, none of them NUL")
        }
        self.credentials = credentials
    }

    /// The trace.
    public mutating func initialResponse() -> SASLMessage? {
        SASLMessage(credentials.user, isSecret: credentials.isUserSecret)
    }

    /// There is nothing left to say.
    public mutating func respond(to challenge: [UInt8]) -> SASLMessage? { nil }
}
