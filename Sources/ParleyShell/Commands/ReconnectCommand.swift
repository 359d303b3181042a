import ParleyEngine
import ParleyReports
import ParleySemantics
import ParleyWire

/// `:reconnect [tls|auth]`
struct ReconnectCommand: ShellCommand {
    let name = "reconnect"
    let arguments = "[tls|auth]"
    let help =
        "open the session anew; `tls` says EHLO and STARTTLS again, `auth` logs in again, too"
    let completes = CommandArgument.words(["tls", "auth"])

    private static let greetings: Set<String> = ["ehlo", "helo", "lhlo", "capability"]
    private static let logins: Set<String> = ["auth", "login"]
    private static let farewells: Set<String> = ["quit", "logout", "close"]

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        let wanted: Set<String>
        switch argument {
        case "": wanted = []
        case "tls": wanted = ["starttls"]
        case "auth": wanted = Self.logins.union(["starttls"])
        default:
            return shell.complain(
                "‘\(argument)’ cannot be said again",
                help: "`:reconnect tls` repeats EHLO and STARTTLS, `:reconnect auth` the login too"
            )
        }
        await shell.refresh()
        guard let session = Self.session(of: shell), let text = shell.connects[session.slot] else {
            return shell.complain("nothing was connected yet", help: "connect smtp HOST:PORT")
        }
        shell.raw = nil
        if session.isOpen {
            shell.checker.makeCurrent(slot: session.slot)
            let closed = await say("close", shell)
            guard !closed.isFailure else { return closed }
        }
        let needed = argument == "auth" ? Self.logins : wanted
        let said = Self.said(on: session.slot, with: needed, shell)
        let repeated = wanted.isEmpty ? [] : Self.preparation(said, wanted)
        for line in [text] + repeated.map(\.text) {
            let response = await say(line, shell)
            guard !response.isFailure else { return response }
        }
        if let slot = shell.checker.currentSession { shell.origins[slot] = session.slot }
        tell(argument, session, said, repeated, shell)
        return .done
    }

    /// The session that is meant: the one that is spoken on, unless a later one has ended.
    private static func session(of shell: Shell) -> LiveSession? {
        let latest = shell.sessions.last { shell.connects[$0.slot] != nil }
        guard let current = shell.current else { return latest }
        guard current.isOpen, let latest, !latest.isOpen, latest.slot > current.slot else {
            return current
        }
        return latest
    }

    private func say(_ line: String, _ shell: Shell) async -> ShellResponse {
        shell.output.show { [$0.dim($0.safe(InputSecrets.masked(line)))] }
        return await shell.run(Self.unlabelled(line), isExpression: false)
    }

    /// What worked on a session; if it was opened in another one's place and nothing of what is
    /// needed was said on it, what worked on that one.
    private static func said(
        on slot: Int,
        with needed: Set<String>,
        _ shell: Shell
    ) -> [ShellEntry] {
        func said(_ slot: Int) -> [ShellEntry] {
            shell.entries.filter { $0.slot == slot && $0.succeeded && $0.verb != "connect" }
        }
        let own = said(slot)
        var (here, entries) = (slot, own)
        while !entries.contains(where: { needed.contains($0.verb ?? "") }) {
            guard let origin = shell.origins[here] else { return own }
            (here, entries) = (origin, said(origin))
        }
        return entries
    }

    /// What was said up to the first transaction; what comes later is not preparation any more.
    private static func preparation(
        _ said: [ShellEntry],
        _ wanted: Set<String>
    ) -> [ShellEntry] {
        said.prefix { $0.verb != "mail" }.filter { entry in
            wanted.union(greetings).contains(entry.verb ?? "")
        }
    }

    /// What could not be repeated, and what was not.
    private func tell(
        _ argument: String,
        _ session: LiveSession,
        _ said: [ShellEntry],
        _ repeated: [ShellEntry],
        _ shell: Shell
    ) {
        let again = Set(repeated.compactMap(\.verb))
        if argument == "tls", !again.contains("starttls") {
            shell.warn("there was no STARTTLS on that session to repeat")
        }
        if argument == "auth", again.isDisjoint(with: Self.logins) {
            shell.warn("there was no login on that session to repeat; one typed raw is not")
        }
        var left: [String] = []
        for entry in said where !entry.isRaw {
            guard let verb = entry.verb, !again.contains(verb), !Self.farewells.contains(verb),
                !left.contains(verb)
            else { continue }
            left.append(verb)
        }
        if said.contains(where: \.isRaw) { left.append("what was typed raw") }
        guard !left.isEmpty else { return }
        let way =
            !Self.logins.isDisjoint(with: left)
            ? "; `:reconnect auth` logs in again"
            : left.contains("starttls") ? "; `:reconnect tls` starts TLS again" : ""
        shell.output.show { text in
            [text.dim(text.safe("not repeated: \(left.joined(separator: ", "))\(way)"))]
        }
    }

    /// The statement without the label of the session that it spoke on: the new one is current.
    private static func unlabelled(_ text: String) -> String {
        guard let end = text.firstIndex(of: " "), text[..<end].last == ":" else { return text }
        return String(text[end...].drop { $0 == " " })
    }
}
