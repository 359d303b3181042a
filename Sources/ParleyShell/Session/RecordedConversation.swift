import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import ParleySyntax

/// The statements of a conversation as a script that passes: those that failed expect what came.
struct RecordedConversation {
    /// Names that servers have already.
    private(set) var names: Set<String> = []
    /// Statements that are remarks, by their numbers for the recorder.
    private(set) var unsaid: Set<Int> = []
    private var declarations: [String] = []
    private var secrets: Set<String> = []
    private var statements: [String] = []
    /// The session that was opened last, on which a bare verb speaks.
    private var latest: Int?

    init(_ entries: [ShellEntry]) {
        for (index, entry) in entries.enumerated() {
            if entry.isExpression, !Self.readsIt(entries[(index + 1)...]) { continue }
            take(entry)
        }
    }

    /// Declarations, then one test.
    var text: String {
        let body = statements.isEmpty ? ["# nothing was said yet"] : statements
        return (declarations + [""] + ["test \"the conversation\" {"] + body + ["}"])
            .joined(separator: "\n")
    }

    /// A text without the passwords that were typed as words: `‹secret›` in their place, as
    /// everywhere in a recording, whose servers accept any.
    private static func masked(_ text: String, _ entry: ShellEntry) -> String {
        let masked = InputSecrets.masked(text, answersLogin: entry.answersLogin)
        guard LoginText.isDeclared(masked[...]), let first = masked.firstIndex(of: "\""),
            let last = masked.lastIndex(of: "\""), first < last
        else { return masked }
        return masked[...first] + SourceText.mark + masked[last...]
    }

    /// Whether `it`, the latest expression's value, is used before the next one.
    private static func readsIt(_ later: ArraySlice<ShellEntry>) -> Bool {
        for entry in later {
            let words = entry.text.split { !($0.isLetter || $0.isNumber || $0 == "-") }
            if words.dropFirst(entry.isExpression ? 2 : 0).contains("it") { return true }
            if entry.isExpression { return false }
        }
        return false
    }

    private mutating func take(_ entry: ShellEntry) {
        guard let statement = entry.statement else { return }
        if statement.standsAtTop {
            // All secrets are the same here, and one declaration of a name is enough.
            if case .secret(let name, _, _) = statement.kind, entry.succeeded,
                !secrets.insert(name.text).inserted
            {
                return
            }
            if entry.succeeded { declarations.append(Self.masked(entry.text, entry)) }
            return
        }
        if case .server(let server) = statement.kind { names.insert(server.name.text) }
        if entry.verb == "connect", entry.succeeded { latest = entry.slot }
        guard !entry.succeeded else {
            statements.append(label(of: entry, statement) + Self.masked(entry.text, entry))
            return
        }
        guard let text = Self.expectingWhatCame(entry, statement) else {
            let reason = entry.outcome.findings.first?.reason ?? "failed"
            // It changed nothing at the server, or nobody can say again what it did: that the
            // server heard it is not played.
            unsaid.insert(entry.number)
            statements += Self.masked(entry.text, entry).split(separator: "\n").map {
                "# \(reason): \(LoginText.stands(in: String($0)) ? SourceText.mark : String($0))"
            }
            return
        }
        statements.append(label(of: entry, statement) + Self.masked(text, entry))
    }

    /// `box: `, where `:use` had made an earlier session the current one.
    private func label(of entry: ShellEntry, _ statement: Statement) -> String {
        guard entry.verb != "connect", statement.label == nil, entry.slot != latest,
            let session = entry.session, session.label != session.protocolName
        else { return "" }
        switch statement.kind {
        case .verb, .judge: return session.label + ": "
        default: return ""
        }
    }

    /// The statement with what came behind its `=>`; `nil` where that was not a reply's doing.
    private static func expectingWhatCame(_ entry: ShellEntry, _ statement: Statement) -> String? {
        guard case .verb(let verb) = statement.kind, verb.verb.text != "connect",
            let finding = entry.outcome.findings.first(where: { $0.verdict >= .fail })
        else { return nil }
        let reason = finding.reason
        let outcome: String
        let isLogin = ["auth", "login"].contains(verb.verb.text)
        if reason.hasSuffix(".reply") || reason == "auth.refused" && isLogin {
            let reply = isLogin ? nil : SavedStatement(entry)?.wrongReply
            outcome = reply.map(SavedStatement.outcome) ?? "any"
        } else if reason.hasSuffix(".closed") || reason == "net.reset" {
            outcome = "closed"
        } else if reason.hasSuffix(".timeout") {
            outcome = "timeout"
        } else {
            return nil
        }
        let source = entry.tree.source
        guard let arrow = verb.tail.arrow else {
            let within = verb.tail.within != nil || verb.tail.binding != nil
            return within ? nil : "\(source.text(statement.range)) => \(outcome)"
        }
        let before = SourceRange(statement.range.start, arrow.range.start)
        let after = SourceRange(arrow.range.end, statement.range.end)
        return "\(source.text(before))=> \(outcome)\(source.text(after))"
    }
}
