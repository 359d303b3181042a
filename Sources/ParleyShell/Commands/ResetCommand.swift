/// `:reset`
struct ResetCommand: ShellCommand {
    let name = "reset"
    let help = "close every session and forget every name"

    var refusalForGuests: (message: String, help: String)? {
        ("the sessions and names are the script's, which goes on with them", "`:quit` ends the run")
    }

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        await shell.beginAnew()
        return .done
    }
}
