public import ParleyDiagnostics
public import ParleySyntax
public import ParleyVerbs

/// A sequence of statements that is entered and left as one.
public struct CheckedBlock: Sendable {
    /// The statements, `finally` excluded.
    public var statements: [CheckedStatement]
    /// What runs however the block is left.
    public var finally: [CheckedStatement]?
    /// Sessions that are closed where the block ends, newest last. Those of a transparent block
    /// (`step`, an inlined dialogue) are listed in the block around it.
    public var sessions: [SessionSlot]

    /// A block.
    public init(
        statements: [CheckedStatement],
        finally: [CheckedStatement]? = nil,
        sessions: [SessionSlot] = []
    ) {
        self.statements = statements
        self.finally = finally
        self.sessions = sessions
    }
}

/// A session of a test's frame, by number.
public struct SessionSlot: Hashable, Sendable {
    /// The number.
    public var index: Int
    /// Its label in the script (`box`), or the protocol's name where it has none.
    public var label: String

    /// A slot.
    public init(index: Int, label: String) {
        self.index = index
        self.label = label
    }
}

/// One statement, checked.
public struct CheckedStatement: Sendable {
    /// Where it stands; in an inlined dialogue, in the dialogue.
    public var place: SourcePlace
    /// What it does.
    public var kind: Kind

    /// A statement.
    public init(place: SourcePlace, kind: Kind) {
        self.place = place
        self.kind = kind
    }

    /// What a statement does.
    public indirect enum Kind: Sendable {
        case bind(Variable, CheckedExpression)
        case connect(CheckedConnect)
        case verb(CheckedVerb)
        case pipeline(SessionSlot, forced: Bool, [CheckedVerb])
        case send(CheckedSend)
        case receive(CheckedReceive)
        case close(SessionSlot)
        case judge(CheckedJudge)
        case remark(Remark, CheckedExpression?)
        case measure(CheckedMeasure)
        case conditional(
            [(condition: CheckedExpression, block: CheckedBlock)],
            otherwise: CheckedBlock?
        )
        case loop(Variable, in: CheckedExpression, within: CheckedExpression?, CheckedBlock)
        /// Each round is a fiber; at most `width` at a time.
        case parallelLoop(
            Variable,
            in: CheckedExpression,
            width: CheckedExpression,
            within: CheckedExpression?,
            CheckedBlock
        )
        case repetition(CheckedExpression, within: CheckedExpression?, CheckedBlock)
        case eventually(within: CheckedExpression, every: CheckedExpression?, CheckedBlock)
        case step(title: CheckedExpression, within: CheckedExpression?, CheckedBlock)
        /// Each block is a fiber.
        case parallel(within: CheckedExpression?, [CheckedBlock])
        /// A scope of its own without a name: an inlined `do`.
        case block(CheckedBlock)
        /// `start NAME` with the index of the server; binds its handle.
        case start(server: Int, into: Variable)
        case stop(Variable)
        case pause(CheckedExpression)
    }
}

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
    /// `from ADDR`: the source address.
    public var source: CheckedExpression?
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

/// The TLS clauses of `connect` and `starttls`.
public struct CheckedTLS: Sendable {
    /// `verify full|chain|none`; `nil` is full, or what the session's `connect` said.
    public var verification: String?
    /// `ca FILE`.
    public var authority: CheckedExpression?

    /// TLS clauses.
    public init(verification: String? = nil, authority: CheckedExpression? = nil) {
        self.verification = verification
        self.authority = authority
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

/// `send` and `send raw`.
public struct CheckedSend: Sendable {
    /// The session.
    public var session: SessionSlot
    /// What is sent; words joined by one space.
    public var text: CheckedExpression
    /// Whether the octets go out as they are, without CRLF and with control characters allowed.
    public var isRaw: Bool
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
        isRaw: Bool,
        allowsClear: Bool,
        expectation: CheckedExpectation? = nil,
        within: CheckedExpression? = nil,
        binding: Variable? = nil
    ) {
        self.session = session
        self.text = text
        self.isRaw = isRaw
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

/// What a reply must be: one of the alternatives.
public struct CheckedExpectation: Sendable {
    /// The alternatives. Where the script says nothing, they are the verb's natural success class.
    public var alternatives: [CheckedAlternative]
    /// Whether the script wrote `=>`.
    public var isExplicit: Bool
    /// Whether `else warn` softens a whole wrong reply.
    public var isSoftened: Bool
    /// Where the arrow stands, or the statement.
    public var place: SourcePlace

    /// An expectation.
    public init(
        alternatives: [CheckedAlternative],
        isExplicit: Bool,
        isSoftened: Bool,
        place: SourcePlace
    ) {
        self.alternatives = alternatives
        self.isExplicit = isExplicit
        self.isSoftened = isSoftened
        self.place = place
    }

    /// Whether an alternative admits a refusal (4xx, 5xx, any, closed), so that a verb out of turn
    /// or not offered is sent all the same.
    public var admitsRefusal: Bool {
        alternatives.contains { alternative in
            switch alternative.outcome {
            case .any, .closed: true
            case .reply: alternative.code.map { $0.highest >= 400 } ?? true
            case .timeout, .refused: false
            }
        }
    }
}

/// One alternative of an expectation.
public struct CheckedAlternative: Sendable {
    /// What kind of outcome fits.
    public enum Outcome: Hashable, Sendable {
        /// A reply with the code and the enhanced code given.
        case reply
        /// Any whole, well-formed reply.
        case any
        /// The peer closes the connection.
        case closed
        /// Nothing comes within the limit.
        case timeout
        /// The connection is refused (`connect` only).
        case refused
    }

    /// What kind of outcome fits.
    public var outcome: Outcome
    /// The codes that fit.
    public var code: CodePattern?
    /// The enhanced codes that fit; demanded if given.
    public var enhanced: EnhancedPattern?
    /// What the reply's text must match.
    public var pattern: CheckedPattern?
    /// As written, for reports: `550 5.1.1`.
    public var text: String

    /// An alternative.
    public init(
        outcome: Outcome = .reply,
        code: CodePattern? = nil,
        enhanced: EnhancedPattern? = nil,
        pattern: CheckedPattern? = nil,
        text: String
    ) {
        self.outcome = outcome
        self.code = code
        self.enhanced = enhanced
        self.pattern = pattern
        self.text = text
    }
}

/// `expect` or `require`.
public struct CheckedJudge: Sendable {
    /// Whether a failure ends the test.
    public var isFatal: Bool
    /// What must hold; of kind bool.
    public var condition: CheckedExpression
    /// The script's own words.
    public var message: CheckedExpression?
    /// Whether a failure is a warning.
    public var isSoftened: Bool
    /// The session judged, if the condition looks at one: its dialogue goes with a failure.
    public var session: SessionSlot?

    /// A judgement.
    public init(
        isFatal: Bool,
        condition: CheckedExpression,
        message: CheckedExpression?,
        isSoftened: Bool,
        session: SessionSlot?
    ) {
        self.isFatal = isFatal
        self.condition = condition
        self.message = message
        self.isSoftened = isSoftened
        self.session = session
    }
}

/// `measure`.
public struct CheckedMeasure: Sendable {
    /// Its name in reports; unique in the test.
    public var name: String
    /// What is measured: duration, size, int or float.
    public var value: CheckedExpression
    /// The condition on the value under which it is a warning.
    public var warn: (operator: BinaryOperator, bound: CheckedExpression)?
    /// The condition on the value under which it is a failure.
    public var fail: (operator: BinaryOperator, bound: CheckedExpression)?

    /// A measure.
    public init(
        name: String,
        value: CheckedExpression,
        warn: (operator: BinaryOperator, bound: CheckedExpression)?,
        fail: (operator: BinaryOperator, bound: CheckedExpression)?
    ) {
        self.name = name
        self.value = value
        self.warn = warn
        self.fail = fail
    }
}
