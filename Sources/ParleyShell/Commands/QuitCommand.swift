/// `:quit`
struct QuitCommand: ShellCommand {
    let name = "quit"
    let help = "take leave of every session and end"

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        ShellResponse(isEnd: true)
    }
}
