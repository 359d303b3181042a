/// `:reset`
struct ResetCommand: ShellCommand {
    let name = "reset"
    let help = "close every session and forget every name"
    let worksForGuests = false

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        guard !shell.isGuest else {
            return shell.complain(
                "the sessions and names are the script's, which goes on with them",
                help: "`:quit` ends the run"
            )
        }
        await shell.beginAnew()
        return .done
    }
}
