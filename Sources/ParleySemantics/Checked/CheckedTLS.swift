public import ParleyVerbs

/// The TLS clauses of `connect` and `starttls`.
public struct CheckedTLS: Sendable {
    /// Which session's TLS is resumed.
    public enum Resumption: Sendable {
        /// The latest of the test with the same host, name and clauses.
        case auto
        /// That of a named session.
        case session(SessionSlot)
    }

    /// `verify full|chain|none`; `nil` is full, or what the session's `connect` said.
    public var verification: String?
    /// `ca FILE`.
    public var authority: CheckedExpression?
    /// All others with their values, each once; literal values have been checked.
    public var settings: [(clause: TLSClause, value: CheckedExpression?)] = []
    /// `resume NAME`, `resume auto`.
    public var resumption: Resumption?

    /// TLS clauses.
    public init(verification: String? = nil, authority: CheckedExpression? = nil) {
        self.verification = verification
        self.authority = authority
    }
}
