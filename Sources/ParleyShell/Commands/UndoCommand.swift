import ParleyEngine
import ParleyReports
import ParleySemantics

/// `:undo`
struct UndoCommand: ShellCommand {
    let name = "undo"
    let help = "takes back the names of the last statement; what was said stays said"

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        guard let index = shell.entries.lastIndex(where: { !$0.isUndone && !$0.isRaw }) else {
            return shell.complain("nothing is there to be undone")
        }
        let entry = shell.entries[index]
        shell.entries[index].isUndone = true
        let names = shell.checker.restore(entry.namesBefore)
        let way = Self.remedy(entry)
        shell.output.show { text in
            var lines = [text.dim(text.safe("undone: \(entry.masked)"))]
            if !names.isEmpty {
                lines.append(text.safe("no more, or as before: \(names.joined(separator: ", "))"))
            }
            return lines + (way.map { text.wrap($0.words) } ?? [])
        }
        return ShellResponse(edit: way?.next)
    }

    /// What is not undone by itself, and the line that would do so.
    private static func remedy(_ entry: ShellEntry) -> (words: String, next: String?)? {
        guard let verb = entry.verb, entry.succeeded else { return nil }
        switch verb {
        case "mail", "rcpt":
            return ("the server keeps the transaction: `rset` abandons it", "rset")
        case "data": return ("the server waits for the message; only `close` abandons it now", nil)
        case "body", "bdat": return ("the message is sent and cannot be called back", nil)
        case "connect": return ("the session stays open: `quit` or `close` ends it", nil)
        case "starttls": return ("TLS stays; a new session begins without it", ":reconnect")
        case "auth": return ("the login stays; a new session begins without it", ":reconnect")
        case "quit", "close": return ("the session is over: `:reconnect` opens it anew", nil)
        case "start": return ("the server runs on: `stop NAME` ends it", nil)
        default: return ("what was said to the server stays said", nil)
        }
    }
}
