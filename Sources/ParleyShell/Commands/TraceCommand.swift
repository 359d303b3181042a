import ParleyDiagnostics

/// `:trace on|off|raw|hex`
struct TraceCommand: ShellCommand {
    let name = "trace"
    let arguments = "on|off|raw|hex"
    let help = "how the dialogue shows: as lines, not at all, with its line ends, in octets"
    let completes = CommandArgument.words(["on", "off", "raw", "hex"])

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        if argument.isEmpty {
            shell.output.show(["trace is \(shell.output.trace.rawValue)"])
            return .done
        }
        guard let mode = ShellOutput.TraceMode(rawValue: argument) else {
            let words = ShellOutput.TraceMode.allCases.map(\.rawValue)
            let near = Suggestion.nearest(to: argument, among: words)
            return shell.complain(
                "no trace ‘\(argument)’",
                help: near.map { "did you mean ‘\($0)’?" } ?? "write on, off, raw or hex"
            )
        }
        shell.output.trace = mode
        return .done
    }
}
