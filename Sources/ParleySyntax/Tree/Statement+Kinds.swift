/// What a statement says. The first word of its line decides which case it is.
public indirect enum StatementKind: Sendable {
    // At file level.
    /// `use "file" [with name = value, …]`
    case use(path: Word, with: [NamedWord])
    /// `profile NAME { name = value … }`
    case profile(Identifier, [NamedWord])
    /// `param NAME[: KIND] [= WORD]`
    case parameter(Identifier, kind: Identifier?, value: Word?)
    /// `secret NAME = SOURCE [WORD…]`: `env X`, `file P`, `prompt "…"`, `credential N`
    case secret(Identifier, source: Identifier, arguments: [Word])
    /// `let NAME = EXPRESSION`; inside tests too
    case binding(Identifier, Expression)
    /// `cases NAME in EXPRESSION`
    case cases(Identifier, Expression)
    /// `defaults { name = value … }`: limits for the tests of the file
    case defaults([NamedWord])
    /// `timeouts rfc5321`
    case timeouts(Word)
    /// `replay [with name = value, …]`
    case replay(with: [NamedWord])
    /// `dialogue NAME(a, b: KIND) { … }`
    case dialogue(Identifier, parameters: [DialogueParameter], Block)
    /// `server NAME PROTOCOL on ENDPOINT [settings] { settings, rules }`; inside tests too
    case server(ServerDeclaration)
    /// `suite "title" { … }`
    case suite(title: Word, Block)
    /// `before each { … }`, `after all { … }`
    case hook(isBefore: Bool, isEach: Bool, Block)
    /// `test "title" [tags […]] [timeout D] [retry N] [fails REASON] { … }`
    case test(TestDeclaration)

    // Inside tests.
    /// A verb or another statement that reads words: `connect`, `ehlo`, `send`, `receive`, `start`
    /// …
    case verb(VerbStatement)
    /// `pipeline [force] { verbs }`
    case pipeline(forced: Bool, Block)
    /// `expect`, `require`
    case judge(JudgeStatement)
    /// `fail`, `warn`, `skip`, `log`, each with a message
    case remark(Remark, Expression?)
    /// `measure NAME = EXPRESSION [warn > D] [fail > D]`
    case measure(MeasureStatement)
    /// `snapshot NAME = EXPRESSION`
    case snapshot(Identifier, Expression)
    /// `if C { } else if D { } else { }`
    case conditional([(condition: Expression, block: Block)], otherwise: Block?)
    /// `for x in xs [parallel N] [within D] { … }`
    case loop(Identifier, in: Expression, parallel: Expression?, within: Word?, Block)
    /// `repeat N [within D] { … }`
    case repetition(Expression, within: Word?, Block)
    /// `eventually within D [every D] { … }`
    case eventually(within: Word?, every: Word?, Block)
    /// `step "title" [within D] { … }`
    case step(title: Word, within: Word?, Block)
    /// `parallel [within D] { steps and calls }`
    case parallel(within: Word?, Block)
    /// `finally { … }`
    case finally(Block)
    /// `do NAME(arguments)`
    case call(Identifier, [Expression])
    /// `pause D`
    case pause(Expression)
    /// `message NAME { … }`
    case message(Identifier, Block)

    /// A line that is no statement; what is wrong with it has been reported.
    case malformed
}

/// Which of the four statements that only say something it is.
public enum Remark: String, Sendable {
    /// Fails the test with a message.
    case fail
    /// Notes a warning.
    case warn
    /// Ends the test as skipped.
    case skip
    /// Writes a line into the report.
    case log
}

/// `name = word`, in `with`, `profile` and `defaults`.
public struct NamedWord: Sendable {
    /// The name.
    public var name: Identifier
    /// Its value, converted by the declared kind.
    public var value: Word

    /// A name with a value.
    public init(name: Identifier, value: Word) {
        self.name = name
        self.value = value
    }
}

/// A parameter of a dialogue.
public struct DialogueParameter: Sendable {
    /// Its name.
    public var name: Identifier
    /// Its kind, if the script says.
    public var kind: Identifier?

    /// A parameter.
    public init(name: Identifier, kind: Identifier?) {
        self.name = name
        self.kind = kind
    }
}

/// The header and the block of a test.
public struct TestDeclaration: Sendable {
    /// Its title; insertions are expanded per case.
    public var title: Word
    /// Its tags, in any spelling.
    public var tags: [Identifier]
    /// The limit of the whole test.
    public var timeout: Word?
    /// How many times a failed test is run again.
    public var retry: Word?
    /// The reason with which it is meant to fail.
    public var fails: Word?
    /// What it does.
    public var body: Block

    /// A test.
    public init(
        title: Word,
        tags: [Identifier],
        timeout: Word?,
        retry: Word?,
        fails: Word? = nil,
        body: Block
    ) {
        self.title = title
        self.tags = tags
        self.timeout = timeout
        self.retry = retry
        self.fails = fails
        self.body = body
    }
}

/// A statement that reads words: a verb with its arguments, clauses and tail.
public struct VerbStatement: Sendable {
    /// The first word.
    public var verb: Identifier
    /// The words behind it, clauses included; the checker tells arguments and clauses apart.
    public var words: [Word]
    /// The pattern of `receive until /…/`.
    public var pattern: RegexLiteral?
    /// `=> …`, `within`, `as`, `else warn`.
    public var tail: Tail

    /// A verb statement.
    public init(verb: Identifier, words: [Word], pattern: RegexLiteral? = nil, tail: Tail) {
        self.verb = verb
        self.words = words
        self.pattern = pattern
        self.tail = tail
    }
}

/// `expect` or `require`.
public struct JudgeStatement: Sendable {
    /// Whether a failure ends the test (`require`).
    public var isFatal: Bool
    /// What must hold.
    public var condition: Expression
    /// The message in the script's own words, behind the condition.
    public var message: Word?
    /// Whether `else warn` makes a failure a warning.
    public var isSoftened: Bool

    /// A judgement.
    public init(isFatal: Bool, condition: Expression, message: Word?, isSoftened: Bool) {
        self.isFatal = isFatal
        self.condition = condition
        self.message = message
        self.isSoftened = isSoftened
    }
}

/// `measure`.
public struct MeasureStatement: Sendable {
    /// The measure's name in reports.
    public var name: Identifier
    /// What is measured.
    public var value: Expression
    /// The bound above (or below) which it is a warning: operator and value.
    public var warn: (operator: BinaryOperator, bound: Expression)?
    /// The bound above (or below) which it is a failure.
    public var fail: (operator: BinaryOperator, bound: Expression)?

    /// A measure.
    public init(
        name: Identifier,
        value: Expression,
        warn: (operator: BinaryOperator, bound: Expression)?,
        fail: (operator: BinaryOperator, bound: Expression)?
    ) {
        self.name = name
        self.value = value
        self.warn = warn
        self.fail = fail
    }
}
