import ParleyEngine
import ParleyReports
import ParleySemantics
import ParleyTLS

/// `:sessions`
struct SessionsCommand: ShellCommand {
    let name = "sessions"
    let help = "the sessions, open and closed; the current one is marked"

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        await shell.refresh()
        guard !shell.sessions.isEmpty else {
            shell.output.show(["no session yet: connect smtp HOST:PORT"])
            return .done
        }
        let current = shell.checker.currentSession
        shell.output.show { text in
            shell.sessions.map { session in
                let mark = session.slot == current ? "*" : " "
                let state = session.isOpen ? session.state : session.ending ?? "closed"
                let line = "\(mark) \(session.label)  \(session.protocolName) \(session.target)"
                let tls = session.tls.map { "  \($0.version)" } ?? ""
                return text.safe(line + tls + "  ") + text.dim(text.safe(state))
            }
        }
        return .done
    }
}

/// `:use NAME`
struct UseCommand: ShellCommand {
    let name = "use"
    let arguments = "NAME"
    let help = "speak on this session from now on"
    let completes = CommandArgument.session

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        let open = shell.checker.openSessions
        guard let session = open.last(where: { $0.label == argument }) else {
            let names = open.map(\.label).joined(separator: " ")
            return shell.complain(
                "no open session ‘\(argument)’",
                help: names.isEmpty ? "connect first" : "there are: \(names)"
            )
        }
        shell.checker.makeCurrent(slot: session.slot)
        return .done
    }
}

/// `:reconnect`
struct ReconnectCommand: ShellCommand {
    let name = "reconnect"
    let help = "open the session again that ended last, as it was opened"

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        await shell.refresh()
        let dead = shell.sessions.last { !$0.isOpen && shell.connects[$0.slot] != nil }
        guard let session = dead ?? shell.current, let text = shell.connects[session.slot] else {
            return shell.complain("nothing was connected yet", help: "connect smtp HOST:PORT")
        }
        shell.output.show { [$0.dim(text)] }
        return await shell.run(text, isExpression: false)
    }
}
