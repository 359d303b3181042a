public import ParleyDiagnostics
public import ParleySyntax

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
    /// Its number in the ``StopTable``, if the program is to be debugged.
    public var stop: Int?

    /// A statement.
    public init(place: SourcePlace, kind: Kind, stop: Int? = nil) {
        self.place = place
        self.kind = kind
        self.stop = stop
    }

    /// What a statement does.
    public indirect enum Kind: Sendable {
        case bind(Variable, CheckedExpression)
        case connect(CheckedConnect)
        case verb(CheckedVerb)
        case pipeline(SessionSlot, forced: Bool, [CheckedVerb])
        case send(CheckedSend)
        case receive(CheckedReceive)
        case close(SessionSlot, CloseForm)
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
        /// `tls offers`
        case survey(CheckedSurvey)
        /// `signal NAME`
        case signal(CheckedExpression)
        /// `await NAME [within D]`
        case await(CheckedExpression, within: CheckedExpression)
    }
}
