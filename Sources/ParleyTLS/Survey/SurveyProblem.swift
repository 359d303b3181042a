/// Why an answer cannot be read, or the answers do not add up.
public struct SurveyProblem: Error, Hashable, Sendable {
    /// The dotted reason: `tls.protocol`, `tls.handshake.failed` or `tls.offers.incomplete`.
    public let reason: String
    /// A sentence without its full stop.
    public let message: String

    init(_ message: String, reason: String = "tls.protocol") {
        self.reason = reason
        self.message = message
    }
}
