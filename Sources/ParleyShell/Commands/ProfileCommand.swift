import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import ParleyReports
import ParleySemantics

/// `:profile [NAME]`
struct ProfileCommand: ShellCommand {
    let name = "profile"
    let arguments = "[NAME]"
    let help = "gives the parameters a profile's values; alone, the profiles there are"

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        let names = shell.checker.profileNames
        if argument.isEmpty {
            let chosen = shell.settings.profile
            shell.output.show { text in
                names.isEmpty
                    ? ["no profile yet: profile NAME { host = … }, or :load FILE"]
                    : names.map { text.safe(($0 == chosen ? "* " : "  ") + $0) }
            }
            return .done
        }
        guard let (piece, parameters) = shell.checker.profile(argument) else {
            let near = Suggestion.nearest(to: argument, among: names)
            return shell.complain(
                "no profile ‘\(argument)’",
                help: near.map { "did you mean ‘\($0)’?" }
                    ?? (names.isEmpty
                        ? "declare one: profile \(argument) { host = … }"
                        : "there are: \(names.joined(separator: ", "))")
            )
        }
        let outcome = await shell.live.run(LivePiece(piece))
        for finding in outcome.findings { shell.output.show { $0.lines(of: finding) } }
        guard outcome.verdict < .fail else {
            return ShellResponse(exitCode: outcome.exitCode)
        }
        shell.settings.profile = argument
        shell.output.show { text in
            [text.dim(text.safe("set: \(parameters.joined(separator: ", "))"))]
        }
        return .done
    }
}
