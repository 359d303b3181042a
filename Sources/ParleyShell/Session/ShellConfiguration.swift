public import ParleyEngine
public import ParleyReports

/// What a shell needs of the world around it.
public struct ShellConfiguration: Sendable {
    /// How its output looks.
    public var style = ReportStyle()
    /// The environment, the CA file, the probe's name, how a secret is asked for.
    public var options = RunOptions()
    /// A path in the folder whose files may be read; it need not exist.
    public var path = "session.parley"
    /// Tells what a reason or a diagnostic's code means, line by line; `nil` if there is none.
    public var explain: @Sendable (String) -> [String]? = { _ in nil }

    /// The commands of whoever runs the shell, for help and completion.
    public var hostCommands: [HostCommand] = []
    /// Every reason and code that `explain` knows, with a line on each.
    public var explained: [(name: String, line: String)] = []
    /// Lets a person change a text in the editor that they chose (`$VISUAL`, `$EDITOR`), which has
    /// the terminal meanwhile; `nil` if there is none or it failed.
    public var editText: @Sendable (String) async -> EditedText = { _ in .noEditor }

    /// The defaults.
    public init() {}
}

/// What became of an input.
public struct ShellResponse: Sendable, Equatable {
    /// The code with which a run of the same would end: 0, or 1 for a server that did otherwise,
    /// 2 for a wrong line, 3 for what cannot be done here.
    public var exitCode: Int32
    /// Whether the conversation is over.
    public var isEnd: Bool
    /// What the editor shall offer as the next line, to be changed.
    public var edit: String?

    /// A response.
    public init(exitCode: Int32 = 0, isEnd: Bool = false, edit: String? = nil) {
        self.exitCode = exitCode
        self.isEnd = isEnd
        self.edit = edit
    }

    /// Whether it failed: a wrong line, or a server that did otherwise.
    public var isFailure: Bool { exitCode != 0 }

    /// All is well.
    public static let done = ShellResponse()
    /// It failed, and that has been told.
    public static let failed = ShellResponse(exitCode: 1)
    /// The input was wrong, and that has been told.
    public static let mistaken = ShellResponse(exitCode: 2)
}
