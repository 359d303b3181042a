/// Why an answer cannot be read.
public struct SurveyProblem: Error, Hashable, Sendable {
    /// A sentence without its full stop.
    public let message: String

    init(_ message: String) { self.message = message }
}
