/// Why a pattern does not compile.
public struct PatternError: Error, Hashable, Sendable {
    /// What is wrong, in the engine's words: `missing closing parenthesis`.
    public let message: String

    /// Where, in octets of the pattern's UTF-8.
    public let offset: Int

    /// A complaint about a pattern.
    public init(message: String, offset: Int) {
        self.message = message
        self.offset = offset
    }
}

/// A match was given up because it needed more steps or more memory than a match may have.
///
/// That is the fate of `^(a+)+$` on hostile text; the answer is neither "matches" nor "does not".
public struct PatternLimitReached: Error, Hashable, Sendable {
    /// What ran out.
    public let limit: Limit

    /// A limit of a match.
    public enum Limit: String, Hashable, Sendable {
        /// The number of steps.
        case steps
        /// The memory for backtracking.
        case memory
    }

    /// A match that ran into `limit`.
    public init(_ limit: Limit) {
        self.limit = limit
    }
}
