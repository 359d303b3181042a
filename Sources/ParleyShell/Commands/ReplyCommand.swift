import ParleyEngine
import ParleyWire

/// `:reply [raw|hex]`
struct ReplyCommand: ShellCommand {
    let name = "reply"
    let arguments = "[raw|hex]"
    let help = "the last reply and what its codes mean; `raw` shows its line ends, `hex` its octets"
    let completes = CommandArgument.words(["raw", "hex"])

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        guard let session = await shell.sessionToShow() else { return .mistaken }
        guard let reply = session.lastReply ?? session.banner else {
            return shell.complain("the server has not answered yet")
        }
        switch argument {
        case "":
            shell.output.show { text in
                let value = ValueText(text: text)
                return value.lines(of: reply) + value.meaning(of: reply)
            }
        case "raw":
            shell.output.show(ShellOutput.raw(lines: reply.raw))
        case "hex": shell.output.show(HexDump.lines("S", reply.raw))
        default: return shell.complain("‘\(argument)’ is neither raw nor hex")
        }
        return .done
    }
}
