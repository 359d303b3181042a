public import ParleyDiagnostics

/// A program that has passed every check: names are resolved, kinds are known, verbs have their
/// arguments in their slots, and every session is a number.
///
/// Dialogues are already inlined where they are done, since each call is checked on the caller's
/// session; so a program knows only tests.
public struct CheckedProgram: Sendable {
    /// The file that was named on the command line, and those it uses.
    public var sources: [SourceText]
    /// `param`s, in order; each has a variable below ``globalCount``.
    public var parameters: [CheckedParameter]
    /// `secret`s, in order; each has a variable below ``globalCount``.
    public var secrets: [CheckedSecret]
    /// File-level `let`s in order, run at the start of every test.
    public var prelude: [CheckedStatement]
    /// Scripted servers, file-level and inside tests; `start` names them by index.
    public var servers: [CheckedServer]
    /// The tests in order.
    public var tests: [CheckedTest]
    /// Variables `0..<globalCount` are parameters, secrets and file-level `let`s; they are the same
    /// in every test.
    public var globalCount: Int
    /// Limits set by `defaults` and `timeouts`.
    public var limits: CheckedLimits
    /// `replay`: whether the file is a recording, whose servers stand in for the network.
    public var isReplay = false

    /// An empty program.
    public init(sources: [SourceText]) {
        self.sources = sources
        parameters = []
        secrets = []
        prelude = []
        servers = []
        tests = []
        globalCount = 0
        limits = CheckedLimits()
    }
}

/// A name that holds a value: a register of the machine.
public struct Variable: Hashable, Sendable {
    /// The register's number in the test's frame.
    public var index: Int
    /// The name in the script, for reports.
    public var name: String
    /// Its kind.
    public var kind: Kind
    /// Whether it is a reply that has a word in the place of a code, as IMAP's have.
    public var isReplyInWords = false

    /// A variable.
    public init(index: Int, name: String, kind: Kind) {
        self.index = index
        self.name = name
        self.kind = kind
    }
}

/// A `param`.
public struct CheckedParameter: Sendable {
    /// Its variable.
    public var variable: Variable
    /// The value where nobody sets one; `nil` if it must be set.
    public var initial: CheckedExpression?
    /// Its values by profile.
    public var profiles: [String: CheckedExpression]
    /// Where it is declared.
    public var place: SourcePlace

    /// A parameter.
    public init(
        variable: Variable,
        initial: CheckedExpression?,
        profiles: [String: CheckedExpression],
        place: SourcePlace
    ) {
        self.variable = variable
        self.initial = initial
        self.profiles = profiles
        self.place = place
    }
}

/// A `secret`.
public struct CheckedSecret: Sendable {
    /// Where a secret comes from.
    public enum Source: Hashable, Sendable {
        /// An environment variable.
        case environment(String)
        /// A file below the script's folder; one line end at its end is dropped.
        case file(String)
        /// Typed at the terminal without echo, after this prompt.
        case prompt(String)
        /// systemd's `$CREDENTIALS_DIRECTORY/NAME`.
        case credential(String)
    }

    /// Its variable, of kind `secret(string)`.
    public var variable: Variable
    /// Where it comes from.
    public var source: Source
    /// Where it is declared.
    public var place: SourcePlace

    /// A secret.
    public init(variable: Variable, source: Source, place: SourcePlace) {
        self.variable = variable
        self.source = source
        self.place = place
    }
}

/// One `test`, with the cases before it.
public struct CheckedTest: Sendable {
    /// Its title, an expression over globals and the case.
    public var title: CheckedExpression
    /// The title as written, insertions included: half of the test's identity.
    public var titleTemplate: String
    /// Its tags.
    public var tags: [String]
    /// The limit of the whole test in nanoseconds, if it says.
    public var timeout: Int64?
    /// How many times a failed test is run again.
    public var retries: Int
    /// The reason with which it is meant to fail; it passes if that is its worst one.
    public var expectedReason: String?
    /// The case variable and the rows, if `cases` stands before it.
    public var cases: (variable: Variable, rows: CheckedExpression)?
    /// What it does.
    public var body: CheckedBlock
    /// How many variables its frame has, globals included.
    public var variableCount: Int
    /// How many sessions its frame has.
    public var sessionCount: Int
    /// Where it stands.
    public var place: SourcePlace

    /// A test.
    public init(
        title: CheckedExpression,
        titleTemplate: String,
        tags: [String],
        timeout: Int64?,
        retries: Int,
        expectedReason: String? = nil,
        cases: (variable: Variable, rows: CheckedExpression)?,
        body: CheckedBlock,
        variableCount: Int,
        sessionCount: Int,
        place: SourcePlace
    ) {
        self.title = title
        self.titleTemplate = titleTemplate
        self.tags = tags
        self.timeout = timeout
        self.retries = retries
        self.expectedReason = expectedReason
        self.cases = cases
        self.body = body
        self.variableCount = variableCount
        self.sessionCount = sessionCount
        self.place = place
    }
}

/// Limits that a script sets; `nil` keeps the default.
public struct CheckedLimits: Hashable, Sendable {
    /// Phase limits in nanoseconds.
    public var dns: Int64?, connect: Int64?, tls: Int64?, greeting: Int64?
    /// From one address of a name to the next, in nanoseconds.
    public var attempt: Int64?
    /// Per-verb reply limits in nanoseconds, by verb name; `"reply"` is the one for all others.
    public var replies: [String: Int64] = [:]
    /// The farewell's limit and the idle limit, in nanoseconds.
    public var close: Int64?
    /// The limit of a test that says none, in nanoseconds.
    public var test: Int64?
    /// Peer limits in octets (`line`, `reply`, `literal`, `session`) and lines (`lines`).
    public var line: Int?, reply: Int?, lines: Int?, literal: Int?, session: Int?

    /// No limits set.
    public init() {}
}
