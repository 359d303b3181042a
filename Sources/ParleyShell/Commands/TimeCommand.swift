/// `:time STATEMENT|on|off`
struct TimeCommand: ShellCommand {
    let name = "time"
    let arguments = "STATEMENT|on|off"
    let help = "how long a statement takes, and its phases; `on` tells it of every statement"
    let completes = CommandArgument.words(["on", "off"])

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        switch argument {
        case "":
            shell.output.show(["time is \(shell.settings.isTimed ? "on" : "off")"])
            return .done
        case "on", "off":
            shell.settings.isTimed = argument == "on"
            return .done
        default: return await shell.carryOut(argument, isTimed: true)
        }
    }
}
