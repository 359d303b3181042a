import ParleyDiagnostics
import ParleyEngine
import ParleyMachine

/// `:explain [REASON|CODE]`
struct ExplainCommand: ShellCommand {
    let name = "explain"
    let arguments = "[REASON|CODE]"
    let help = "what a reason or an error's code means; the last failure's by itself"
    let completes = CommandArgument.topic

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        let last = shell.entries.last { !$0.succeeded }?.outcome.findings.last?.reason
        guard let reason = argument.isEmpty ? shell.lastRefusal ?? last : argument else {
            return shell.complain("nothing has failed yet", help: ":explain smtp.reply")
        }
        guard let lines = shell.configuration.explain(reason) else {
            let names = shell.configuration.explained.map(\.name)
            let near = Suggestion.nearest(to: reason, among: names)
            return shell.complain(
                "no reason or code ‘\(reason)’",
                help: near.map { "did you mean ‘:explain \($0)’?" } ?? "`:help reasons` lists them"
            )
        }
        shell.output.show(lines)
        return .done
    }
}
