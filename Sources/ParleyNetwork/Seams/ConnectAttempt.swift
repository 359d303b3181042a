/// One address that was tried for a connection, and what came of it.
public struct ConnectAttempt: Hashable, Sendable {
    /// What came of an attempt.
    public enum Outcome: Hashable, Sendable {
        /// Its turn has not come.
        case untried
        /// No answer yet.
        case running
        /// It failed, with the system's words.
        case failed(TransportError.Code, String)
        /// It won.
        case connected
        /// Another one won.
        case abandoned
    }

    /// The address and port.
    public var endpoint: Endpoint

    /// What came of it.
    public var outcome: Outcome

    /// When it began, counted from the first attempt.
    public var began: Duration

    /// An attempt whose turn has not come.
    public init(_ endpoint: Endpoint) {
        self.endpoint = endpoint
        outcome = .untried
        began = .zero
    }

    /// One line for a report: `[2001:db8::7]:25: no answer (tried after 250 ms)`.
    public var summary: String {
        let start = began == .zero ? "" : " (tried after \(began.wholeNanoseconds / 1_000_000) ms)"
        switch outcome {
        case .untried: return "\(endpoint): not tried yet"
        case .running: return "\(endpoint): no answer\(start)"
        case .failed(_, let words): return "\(endpoint): \(words)\(start)"
        case .connected: return "\(endpoint): connected\(start)"
        case .abandoned: return "\(endpoint): given up for another\(start)"
        }
    }
}
