import ParleyDiagnostics

/// All commands of the shell, in the order of `:help`.
enum ShellCommands {
    static let all: [any ShellCommand] = [
        HelpCommand(), ExamplesCommand(), ExplainCommand(),
        SessionsCommand(), UseCommand(), ReconnectCommand(),
        CapsCommand(), TLSCommand(), CertCommand(), ReplyCommand(),
        VarsCommand(), TypeCommand(), ProfileCommand(),
        TraceCommand(), TimeCommand(), TimeoutCommand(), RawCommand(),
        LoadCommand(), RunCommand(),
        EditCommand(), HistoryCommand(), UndoCommand(),
        SaveCommand(), TranscriptCommand(), RecordCommand(), ResetCommand(), QuitCommand(),
    ]

    /// Runs `name argument`; a name may be cut short where it stays unique. A `!` behind the name,
    /// by which a person insists, becomes the argument's first character.
    static func run(_ input: String, in shell: Shell) async -> ShellResponse {
        let parts = input.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        var name = parts.first.map { trimmed($0) } ?? "help"
        var argument = parts.count > 1 ? trimmed(parts[1]) : ""
        if name.last == "!" {
            name.removeLast()
            argument = argument.isEmpty ? "!" : "! \(argument)"
        }
        let fitting = fitting(name)
        switch fitting.count {
        case 1:
            if shell.isGuest, let refusal = fitting[0].refusalForGuests {
                return shell.complain(refusal.message, help: refusal.help)
            }
            return await fitting[0].run(argument, in: shell)
        case 0:
            let rows = shell.configuration.commandRows
            let near = Suggestion.nearest(to: name, among: rows.map(\.name))
            return shell.complain(
                "no command ‘:\(name)’",
                help: near.map { "did you mean ‘:\($0)’?" } ?? "`:help` lists them all"
            )
        default:
            let names = fitting.map { ":" + $0.name }.joined(separator: " ")
            return shell.complain("‘:\(name)’ may be any of \(names)")
        }
    }

    /// The commands that a name may mean; one where it is whole, or cut short and unique.
    static func fitting(_ name: String) -> [any ShellCommand] {
        all.first { $0.name == name }.map { [$0] } ?? all.filter { $0.name.hasPrefix(name) }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " }
        while text.last == " " || text.last == "\n" { text = text.dropLast() }
        return String(text)
    }
}
