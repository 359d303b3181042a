/// How a report looks: what the terminal can show, and what the user asked for.
public struct ReportStyle: Sendable {
    /// Whether to colour.
    public var isColored = false
    /// Whether the output takes UTF-8; else everything is ASCII.
    public var isUnicode = true
    /// How many columns there are; 100 where there is no terminal.
    public var columns = 100
    /// Whether a status line may be redrawn in place: only at a terminal.
    public var isLive = false
    /// Whether passing steps and rounds show too.
    public var isVerbose = false
    /// Whether every line sent and received shows as it happens: `--trace`.
    public var showsTrace = false

    /// The options of the command line that decide what a run does, as words, so that a failure can
    /// say how to run it again; no secrets are among them. Only a failure asks.
    public var repeatedOptions: @Sendable () -> [String] = { [] }

    /// Plain text of 100 columns.
    public init() {}

    /// Verdict lines are not stretched over a whole wide screen.
    var textColumns: Int { max(40, min(columns, 100)) }
}
