import ParleyEngine
import ParleySemantics

/// `:use NAME|NUMBER`
struct UseCommand: ShellCommand {
    let name = "use"
    let arguments = "NAME|NUMBER"
    let help = "speak on this session from now on"
    let completes = CommandArgument.session

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        await shell.refresh()
        let open = shell.checker.openSessions.filter { known in
            shell.sessions.contains { $0.slot == known.slot && $0.isOpen }
        }
        let number = Int(argument)
        let found = open.last { $0.label == argument } ?? open.last { $0.slot + 1 == number }
        guard let found else {
            let names = open.map { "\($0.slot + 1) (\($0.label))" }.joined(separator: ", ")
            return shell.complain(
                argument.isEmpty ? "use which session?" : "no open session ‘\(argument)’",
                help: names.isEmpty
                    ? "connect first: connect smtp HOST:PORT" : "there are: \(names)"
            )
        }
        shell.checker.makeCurrent(slot: found.slot)
        shell.raw = nil
        return .done
    }
}
