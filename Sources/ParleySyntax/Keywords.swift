/// The words that the grammar itself knows, in one table: for the parser, the manual, completion
/// and the grammars of editors. Verbs are not among them; protocols declare those.
public enum Keywords {
    /// What may stand behind `=>` in the place of a code; `refused` behind `connect` only.
    public static let outcomes = ["any", "closed", "timeout", "refused"]

    /// Where a statement may stand.
    public enum Level: Sendable {
        /// In a file, outside tests.
        case file
        /// In a test or a dialogue.
        case body
        /// In both.
        case anywhere
    }

    /// A first word that is a statement of the language.
    public struct StatementWord: Sendable {
        /// The word.
        public let word: String
        /// Where it may stand.
        public let level: Level
        /// Whether what follows is an expression; words otherwise.
        public let readsExpression: Bool
        /// Whether a block ends it.
        public let hasBlock: Bool
        /// One line for people, without a full stop.
        public let help: String

        init(
            _ word: String,
            _ level: Level,
            readsExpression: Bool = false,
            hasBlock: Bool = false,
            _ help: String
        ) {
            self.word = word
            self.level = level
            self.readsExpression = readsExpression
            self.hasBlock = hasBlock
            self.help = help
        }
    }

    /// The first words of statements; any other first word is a verb.
    public static let statements: [StatementWord] = [
        .init("use", .file, "read another file's names"),
        .init("profile", .file, hasBlock: true, "a named set of parameter values"),
        .init("param", .file, "a value that the one who runs the script may set"),
        .init("secret", .file, "a value that is never shown"),
        .init("cases", .file, readsExpression: true, "run the next test once per value"),
        .init("defaults", .file, hasBlock: true, "limits for the tests of this file"),
        .init("timeouts", .file, "a named set of time limits"),
        .init("replay", .file, "this file is a recording: it answers in place of the network"),
        .init("dialogue", .file, hasBlock: true, "statements to `do` by name"),
        .init("suite", .file, hasBlock: true, "a group of tests with a title"),
        .init("before", .file, hasBlock: true, "what runs before each or all tests"),
        .init("after", .file, hasBlock: true, "what runs after each or all tests"),
        .init("test", .file, hasBlock: true, "a conversation with a verdict"),
        .init("let", .anywhere, readsExpression: true, "name a value"),
        .init("server", .anywhere, hasBlock: true, "a scripted server"),
        .init("expect", .body, readsExpression: true, "note a failure and go on"),
        .init("require", .body, readsExpression: true, "stop the test on a failure"),
        .init("fail", .body, readsExpression: true, "fail the test"),
        .init("warn", .body, readsExpression: true, "note a warning"),
        .init("skip", .body, readsExpression: true, "end the test as skipped"),
        .init("log", .body, readsExpression: true, "write a line into the report"),
        .init("measure", .body, readsExpression: true, "record a number, with bounds"),
        .init("snapshot", .body, readsExpression: true, "compare a value with the recorded one"),
        .init("if", .body, readsExpression: true, hasBlock: true, "choose"),
        .init("for", .body, readsExpression: true, hasBlock: true, "once per value"),
        .init("repeat", .body, readsExpression: true, hasBlock: true, "so many times"),
        .init("eventually", .body, hasBlock: true, "try until it passes"),
        .init("step", .body, hasBlock: true, "a part with a title and a verdict"),
        .init("parallel", .body, hasBlock: true, "steps and calls side by side"),
        .init("finally", .body, hasBlock: true, "what runs however the block is left"),
        .init("pipeline", .body, hasBlock: true, "send verbs without waiting between them"),
        .init("message", .body, hasBlock: true, "compose a message"),
        .init("do", .body, readsExpression: true, "run a dialogue"),
        .init("pause", .body, readsExpression: true, "wait"),
    ]

    /// Words with a meaning at fixed places behind a first word; ordinary words elsewhere.
    public static let clauses: [String] = [
        "absent", "after", "alert", "all", "as", "at", "await", "before", "challenge", "connection",
        "connections", "count", "cut", "dribble", "drop", "each", "else", "ending", "every",
        "fail", "fails", "first", "force", "greet", "half-close", "if", "ignoring", "in",
        "matching", "most", "nth", "offers", "on", "or", "parallel", "raw", "repeat", "reset",
        "retry", "sasl", "signal", "split", "stall", "tags", "timeout", "untagged", "until", "warn",
        "with",
        "within",
    ]

    /// Operators that are words; no name may be spelled so.
    public static let operators: [String] = [
        "and", "capture", "contains", "covers", "default", "ends", "in", "matches", "not", "offers",
        "or", "same-as", "starts",
    ]

    /// Constants that are words; no name may be spelled so.
    public static let constants: [String] = [
        "false", "none", "true", "SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3",
    ]

    /// Judgements written behind their subject.
    public static let predicates: [String] = ["dane-ok"]

    /// Functions that take a pattern as an argument.
    public static let patternFunctions: [String] = ["replace", "split"]

    /// The units of durations, with their nanoseconds.
    public static let durationUnits: [(unit: String, nanoseconds: Int64)] = [
        ("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000), ("d", 86_400_000_000_000),
    ]

    /// The units of sizes, with their octets.
    public static let sizeUnits: [(unit: String, octets: Int64)] = [
        ("B", 1), ("KB", 1 << 10), ("MB", 1 << 20), ("GB", 1 << 30),
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30),
    ]

    /// The row of a first word, if it is a statement of the language.
    public static func statement(_ word: String) -> StatementWord? { statementsByWord[word] }

    /// Whether no name may be spelled so.
    public static func isReserved(_ word: String) -> Bool { reserved.contains(word) }

    private static let statementsByWord: [String: StatementWord] = {
        var table: [String: StatementWord] = [:]
        for row in statements { table[row.word] = row }
        return table
    }()

    private static let reserved = Set(operators + constants)
}
