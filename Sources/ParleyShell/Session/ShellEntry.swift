import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import ParleySemantics
import ParleySyntax
import ParleyWire

/// One statement that was carried out, kept for `:save`, `:undo` and `:history`.
struct ShellEntry {
    /// The statement as typed.
    var text: String
    /// Its tree: a file of this one statement.
    var tree: SyntaxTree
    /// It as the checker left it.
    var checked: [CheckedStatement]
    /// The names before it.
    var namesBefore: InteractiveChecker.NameTable
    /// The session that it spoke on or was said while it was current, by slot.
    var slot: Int?
    /// What it came to.
    var outcome: LiveOutcome
    /// Whether it was an expression alone, whose value was shown.
    var isExpression: Bool
    /// Whether it stands for a line that was typed raw.
    var isRaw: Bool
    /// Whether what it sends answers the challenge of a login.
    var answersLogin = false
    /// The number of the statement for the recorder.
    var number = 0
    /// Whether `:undo` took its names back.
    var isUndone = false

    /// It as typed, without what must not be shown.
    var masked: String {
        let masked = InputSecrets.masked(text, answersLogin: answersLogin)
        return isExpression ? String(masked.dropFirst(Self.binding.count)) : masked
    }

    /// What an expression alone stands behind in a script.
    private static let binding = "let it = "

    /// A statement as a script writes it.
    static func written(_ text: String, isExpression: Bool) -> String {
        isExpression ? binding + text : text
    }

    /// The tree of the statement that a script has in place of an expression alone.
    static func tree(ofExpression text: String) -> SyntaxTree {
        Parser.parse(SourceText(name: "", binding + text + "\n")).tree
    }

    /// Whether it did what it should.
    var succeeded: Bool { outcome.verdict < .fail }

    /// Whether it gives a value a name: `let`, `secret`, `param`.
    var declares: Bool {
        switch statement?.kind {
        case .binding, .secret, .parameter: true
        default: false
        }
    }

    /// The statement; `nil` if nothing was typed.
    var statement: Statement? { tree.statements.first }

    /// Its verb, if it is one: `connect`, `ehlo`.
    var verb: String? {
        guard case .verb(let verb)? = statement?.kind else { return nil }
        return verb.verb.text
    }

    /// Its session as it left it.
    var session: LiveSession? { outcome.sessions.first { $0.slot == slot } }

    /// The session that a statement speaks on, by slot; `nil` if it speaks on none itself.
    static func slot(of checked: [CheckedStatement]) -> Int? {
        switch checked.first?.kind {
        case .connect(let connect): connect.session.index
        case .verb(let verb): verb.session.index
        case .pipeline(let slot, _, _), .close(let slot, _): slot.index
        case .send(let send): send.session.index
        case .receive(let receive): receive.session.index
        default: nil
        }
    }
}
