public import ParleyDiagnostics

/// `greet => …`, `on VERB [/pattern/] [when] => actions` or `at most N connections => actions`.
public struct ServerRule: Sendable {
    /// Where it stands.
    public var range: SourceRange
    /// The tokens of the rule's line.
    public var tokens: Range<Int>
    /// `greet`, or the verb behind `on` (`body` for a message, `line` for any line).
    public var event: Identifier
    /// What the argument must match.
    public var pattern: RegexLiteral?
    /// In which state of the connection it applies.
    public var states: [ServerState]
    /// At which occurrences the rule applies.
    public var occurrence: ServerOccurrence
    /// The number of `at most N connections`.
    public var mostConnections: Word?
    /// What the server does, in order.
    public var actions: [ServerAction]

    /// A rule.
    public init(
        range: SourceRange,
        tokens: Range<Int>,
        event: Identifier,
        pattern: RegexLiteral?,
        states: [ServerState] = [],
        mostConnections: Word? = nil,
        occurrence: ServerOccurrence,
        actions: [ServerAction]
    ) {
        self.range = range
        self.tokens = tokens
        self.event = event
        self.pattern = pattern
        self.states = states
        self.mostConnections = mostConnections
        self.occurrence = occurrence
        self.actions = actions
    }
}

/// A state of a connection: `before tls`, `after auth`.
public struct ServerState: Sendable {
    /// Whether it has to be past it.
    public var isAfter: Bool
    /// `tls` or `auth`.
    public var stage: Identifier

    /// A state.
    public init(isAfter: Bool, stage: Identifier) {
        self.isAfter = isAfter
        self.stage = stage
    }
}

/// At which occurrences (counted per `start`, across connections) a rule applies.
public enum ServerOccurrence: Sendable {
    /// Every time.
    case always
    /// Only the first time.
    case first
    /// Only the N-th time, from 1.
    case nth(Word)
    /// From the N+1-th time on.
    case after(Word)
}
