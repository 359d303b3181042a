import ParleyDiagnostics
import ParleyReports
import ParleySemantics

/// `:timeout [DURATION|off]`
struct TimeoutCommand: ShellCommand {
    let name = "timeout"
    let arguments = "[DURATION|off]"
    let help = "how long a server may take for each answer, and to connect; `off` for the defaults"
    let completes = CommandArgument.words(["off", "5s", "30s", "2m", "5m"])

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        switch argument {
        case "":
            let limit = shell.settings.limit
            shell.output.show { text in
                [
                    limit.map { "every phase may take \(text.duration($0))" }
                        ?? "the defaults hold: 10s to connect, 30s for a greeting and a reply"
                ]
            }
        case "off", "default": shell.settings.limit = nil
        default:
            guard let limit = ConstantParser.nanoseconds(argument), limit > 0 else {
                return shell.complain("‘\(argument)’ is no duration", help: "write 5s, 2m or 500ms")
            }
            shell.settings.limit = limit
        }
        return .done
    }
}
