import ParleyEngine
import ParleyReports
import ParleySemantics
import ParleyTLS

/// `:sessions`
struct SessionsCommand: ShellCommand {
    let name = "sessions"
    let help = "the sessions by number, open and closed; the current one is marked"

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        await shell.refresh()
        guard !shell.sessions.isEmpty else {
            shell.output.show(["no session yet: connect smtp HOST:PORT"])
            return .done
        }
        let current = shell.checker.currentSession
        let width = "\((shell.sessions.map(\.slot).max() ?? 0) + 1)".count
        shell.output.show { text in
            shell.sessions.map { session in
                let mark = session.slot == current ? "*" : " "
                let digits = "\(session.slot + 1)"
                let number = String(repeating: " ", count: width - digits.count) + digits
                let state = session.isOpen ? session.state : session.ending ?? "closed"
                let line = "\(session.label)  \(session.protocolName) \(session.target)"
                let tls = session.tls.map { "  \($0.version)" } ?? ""
                let user = session.isAuthenticated ? "  logged in" : ""
                return "\(mark) \(number)  " + text.safe(line + tls + user + "  ")
                    + (session.isOpen ? text.dim(text.safe(state)) : text.bad(text.safe(state)))
            }
        }
        return .done
    }
}
