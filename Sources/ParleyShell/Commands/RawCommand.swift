import ParleyEngine
import ParleyReports
import ParleyVerbs
import ParleyWire

/// `:raw [on|off]`
struct RawCommand: ShellCommand {
    let name = "raw"
    let arguments = "[on|off]"
    let help = "what you type goes over the wire as it is, until a line with a dot or `:raw off`"
    let completes = CommandArgument.words(["on", "off"])

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        switch argument {
        case "off": return await shell.endRaw()
        case "", "on": break
        default:
            // What is typed here may be a line that logs in.
            return shell.complain(
                "`:raw` takes no line",
                help: "say `:raw` alone; then every line goes over the wire as it is"
            )
        }
        await shell.refresh()
        guard let session = shell.current, session.isOpen else {
            return shell.complain("no session is open", help: "connect smtp HOST:PORT")
        }
        // Where answers have codes, a whole reply is read; elsewhere whatever lines come.
        let family = Protocols.registry[session.protocolName]?.family ?? ""
        let hasReplies = ["smtp", "lmtp"].contains(family)
        shell.raw = RawMode(slot: session.slot, hasReplies: hasReplies)
        shell.output.show { text in
            [text.dim("lines go to \(text.safe(session.target)) as typed; a dot alone ends that")]
        }
        return .done
    }
}
