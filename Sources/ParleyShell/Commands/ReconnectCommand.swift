import ParleyEngine
import ParleyReports
import ParleySemantics

/// `:reconnect [tls|auth]`
struct ReconnectCommand: ShellCommand {
    let name = "reconnect"
    let arguments = "[tls|auth]"
    let help =
        "open the session again that ended; `tls` says EHLO and STARTTLS anew, `auth` logs in"
    let completes = CommandArgument.words(["tls", "auth"])

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        let replayed: Set<String>
        switch argument {
        case "": replayed = []
        case "tls": replayed = ["ehlo", "helo", "lhlo", "starttls"]
        case "auth": replayed = ["ehlo", "helo", "lhlo", "starttls", "auth"]
        default:
            return shell.complain(
                "‘\(argument)’ cannot be said again",
                help: "`:reconnect tls` repeats EHLO and STARTTLS, `:reconnect auth` the login too"
            )
        }
        await shell.refresh()
        let dead = shell.sessions.last { !$0.isOpen && shell.connects[$0.slot] != nil }
        guard let session = dead ?? shell.current, let text = shell.connects[session.slot] else {
            return shell.complain("nothing was connected yet", help: "connect smtp HOST:PORT")
        }
        // What was said up to the first transaction; what comes later is not preparation any more.
        let said = shell.entries.filter { $0.slot == session.slot && $0.succeeded && !$0.isRaw }
            .drop { $0.verb == "connect" }
            .prefix { ["mail", "send", "quit", "close"].contains($0.verb ?? "") == false }
            .filter { replayed.contains($0.verb ?? "") }
        for line in [text] + said.map(\.text) {
            shell.output.show { [$0.dim($0.safe(InputSecrets.masked(line)))] }
            let response = await shell.run(Self.unlabelled(line), isExpression: false)
            guard !response.isFailure else { return response }
        }
        return .done
    }

    /// The statement without the label of the session that it spoke on: the new one is current.
    private static func unlabelled(_ text: String) -> String {
        guard let end = text.firstIndex(of: " "), text[..<end].last == ":" else { return text }
        return String(text[end...].drop { $0 == " " })
    }
}
