public import ParleyDiagnostics
public import ParleyMail
public import ParleyVerbs

/// `connect`.
public struct CheckedConnect: Sendable {
    /// The protocol.
    public var spec: ProtocolSpec
    /// The session it opens.
    public var session: SessionSlot
    /// `HOST[:PORT]`, `unix:/path`: text; a value of kind endpoint or ip keeps its kind.
    public var endpoint: CheckedExpression
    /// `name N`: SNI and verified name.
    public var name: CheckedExpression?
    /// `from ADDRESS[:PORT]`: the source.
    public var source: CheckedExpression?
    /// The way there.
    public var route = CheckedRoute()
    /// `pregreet "…"`: octets that go out before the greeting is read.
    public var pregreet: CheckedExpression?
    /// TLS clauses, for protocols whose TLS is implicit; inherited by a later `starttls`.
    public var tls: CheckedTLS
    /// What the greeting must be.
    public var expectation: CheckedExpectation
    /// The statement's own limit.
    public var within: CheckedExpression?
    /// A name behind `=>` that binds the greeting.
    public var binding: Variable?

    /// A connect statement.
    public init(
        spec: ProtocolSpec,
        session: SessionSlot,
        endpoint: CheckedExpression,
        name: CheckedExpression? = nil,
        source: CheckedExpression? = nil,
        tls: CheckedTLS = CheckedTLS(),
        expectation: CheckedExpectation,
        within: CheckedExpression? = nil,
        binding: Variable? = nil
    ) {
        self.spec = spec
        self.session = session
        self.endpoint = endpoint
        self.name = name
        self.source = source
        self.tls = tls
        self.expectation = expectation
        self.within = within
        self.binding = binding
    }
}

/// A protocol's verb with its arguments.
public struct CheckedVerb: Sendable {
    /// Where it stands (verbs of a pipeline have places of their own).
    public var place: SourcePlace
    /// The verb.
    public var spec: VerbSpec
    /// The session it speaks on.
    public var session: SessionSlot
    /// The arguments: slot and text.
    public var arguments: [(slot: Int, value: CheckedExpression)]
    /// The clauses by name, with their argument if they take one.
    public var clauses: [(name: String, value: CheckedExpression?)]
    /// TLS clauses of `starttls`.
    public var tls: CheckedTLS?
    /// What the reply must be.
    public var expectation: CheckedExpectation
    /// The statement's own limit.
    public var within: CheckedExpression?
    /// The name that binds the reply.
    public var binding: Variable?

    /// A verb.
    public init(
        place: SourcePlace,
        spec: VerbSpec,
        session: SessionSlot,
        arguments: [(slot: Int, value: CheckedExpression)],
        clauses: [(name: String, value: CheckedExpression?)] = [],
        tls: CheckedTLS? = nil,
        expectation: CheckedExpectation,
        within: CheckedExpression? = nil,
        binding: Variable? = nil
    ) {
        self.place = place
        self.spec = spec
        self.session = session
        self.arguments = arguments
        self.clauses = clauses
        self.tls = tls
        self.expectation = expectation
        self.within = within
        self.binding = binding
    }
}

/// `send` in all its forms, and `body`.
public struct CheckedSend: Sendable {
    /// How the octets are framed.
    public enum Framing: Sendable {
        /// A line, with what it ends with.
        case line(DataFraming.LineEnd)
        /// A line of so many octets, its CRLF included, filled up with `x`.
        case long(CheckedExpression)
        /// As they are, control characters allowed.
        case raw
        /// A message's content behind the 354 to DATA; `ending` in the place of CRLF `.` CRLF.
        case content(DataFraming, ending: CheckedExpression?)
    }

    /// The session.
    public var session: SessionSlot
    /// What is sent; words joined by one space.
    public var text: CheckedExpression
    /// How it is framed.
    public var framing: Framing
    /// Whether `in clear` allows a secret in it.
    public var allowsClear: Bool
    /// An arrow judges the next reply.
    public var expectation: CheckedExpectation?
    /// The statement's own limit.
    public var within: CheckedExpression?
    /// The name that binds the reply.
    public var binding: Variable?

    /// A send statement.
    public init(
        session: SessionSlot,
        text: CheckedExpression,
        framing: Framing,
        allowsClear: Bool,
        expectation: CheckedExpectation? = nil,
        within: CheckedExpression? = nil,
        binding: Variable? = nil
    ) {
        self.session = session
        self.text = text
        self.framing = framing
        self.allowsClear = allowsClear
        self.expectation = expectation
        self.within = within
        self.binding = binding
    }
}

/// `receive line|reply|bytes N|until /re/`.
public struct CheckedReceive: Sendable {
    /// What is awaited.
    public enum Unit: Sendable {
        /// A line, its CRLF dropped; binds a string.
        case line
        /// A whole reply; judged.
        case reply
        /// So many octets; binds bytes.
        case bytes(CheckedExpression)
        /// Everything up to and with what the pattern matches; binds bytes.
        case until(CheckedPattern)
    }

    /// The session.
    public var session: SessionSlot
    /// What is awaited.
    public var unit: Unit
    /// What it must be. For `line`, `bytes` and `until` an explicit one may hold `closed`,
    /// `timeout`, `any` and `matching`.
    public var expectation: CheckedExpectation
    /// The statement's own limit.
    public var within: CheckedExpression?
    /// The name that is bound.
    public var binding: Variable?

    /// A receive statement.
    public init(
        session: SessionSlot,
        unit: Unit,
        expectation: CheckedExpectation,
        within: CheckedExpression? = nil,
        binding: Variable? = nil
    ) {
        self.session = session
        self.unit = unit
        self.expectation = expectation
        self.within = within
        self.binding = binding
    }
}
