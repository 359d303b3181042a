/// `:reset`
struct ResetCommand: ShellCommand {
    let name = "reset"
    let help = "close every session and forget every name"

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        await shell.beginAnew()
        return .done
    }
}
