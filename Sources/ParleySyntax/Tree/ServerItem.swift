public import ParleyDiagnostics

/// What says what a scripted server does.
public enum ServerItem: Sendable {
    /// A rule for all connections.
    case rule(ServerRule)
    /// Rules for some.
    case connections(ServerConnections)
}

/// `connection 2.. { rules }`
public struct ServerConnections: Sendable {
    /// Where it stands.
    public var range: SourceRange
    /// The connections that are meant: `2`, `2..`, `2..4`.
    public var numbers: Word
    /// The rules for them.
    public var rules: [ServerRule]

    /// Rules for some connections.
    public init(range: SourceRange, numbers: Word, rules: [ServerRule]) {
        self.range = range
        self.numbers = numbers
        self.rules = rules
    }
}
