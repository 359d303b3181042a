public import ParleyDiagnostics

/// A scripted server: `server NAME PROTOCOL on ENDPOINT [clauses] { rules }`.
public struct ServerDeclaration: Sendable {
    /// Its name.
    public var name: Identifier
    /// `smtp`, `smtps`, `tcp`.
    public var protocolName: Identifier
    /// Where it listens; the port may be `auto`.
    public var endpoint: Word
    /// What else its header says, word by word: `certificate expired`, `name mx.test`.
    public var clauses: [Word]
    /// Its rules in order; the first that fits wins.
    public var rules: [ServerRule]
    /// The block with its braces.
    public var block: SourceRange

    /// A scripted server.
    public init(
        name: Identifier,
        protocolName: Identifier,
        endpoint: Word,
        clauses: [Word],
        rules: [ServerRule],
        block: SourceRange
    ) {
        self.name = name
        self.protocolName = protocolName
        self.endpoint = endpoint
        self.clauses = clauses
        self.rules = rules
        self.block = block
    }
}

/// `greet => …` or `on VERB [/pattern/] [first | nth N | after N] => actions`.
public struct ServerRule: Sendable {
    /// Where it stands.
    public var range: SourceRange
    /// The tokens of the rule's line.
    public var tokens: Range<Int>
    /// `greet`, or the verb behind `on` (`body` for a message, `line` for any line).
    public var event: Identifier
    /// What the argument must match.
    public var pattern: RegexLiteral?
    /// At which occurrences the rule applies.
    public var occurrence: ServerOccurrence
    /// What the server does, in order.
    public var actions: [ServerAction]

    /// A rule.
    public init(
        range: SourceRange,
        tokens: Range<Int>,
        event: Identifier,
        pattern: RegexLiteral?,
        occurrence: ServerOccurrence,
        actions: [ServerAction]
    ) {
        self.range = range
        self.tokens = tokens
        self.event = event
        self.pattern = pattern
        self.occurrence = occurrence
        self.actions = actions
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

/// One thing that a scripted server does.
public struct ServerAction: Sendable {
    /// Where it stands.
    public var range: SourceRange
    /// What it is.
    public var kind: Kind

    /// An action.
    public init(range: SourceRange, kind: Kind) {
        self.range = range
        self.kind = kind
    }

    /// What a server does.
    public enum Kind: Sendable {
        /// `250 2.1.5 "text" "next line"`: a reply; no text stands for the code's usual one.
        case reply(code: Word, enhanced: Word?, lines: [Word])
        /// `offers [PIPELINING, "SIZE 1000"]`: the capabilities of an EHLO reply.
        case offers([Word])
        /// `dribble 10B every 200ms`: sends the reply in pieces.
        case dribble(size: Word, every: Word)
        /// `after 1500ms`: waits first.
        case after(Word)
        /// `drop`: closes the connection; behind a reply, once it is sent.
        case drop
        /// `reset`: closes the connection with a TCP reset.
        case reset
        /// `stall`: says nothing more and keeps the connection open.
        case stall
        /// `raw "bytes"`: sends the octets as they are.
        case raw(Word)
        /// `repeat N`: the raw octets before it, N times.
        case times(Word)
    }
}
