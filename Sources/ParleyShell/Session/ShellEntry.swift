import ParleyEngine
import ParleyMachine
import ParleySyntax

/// One statement that was carried out, kept for `:save`, `:undo` and `:history`.
struct ShellEntry {
    /// The statement as typed.
    var text: String
    /// Its tree: a file of this one statement.
    var tree: SyntaxTree
    /// What it came to.
    var outcome: LiveOutcome
    /// Whether it was an expression alone, whose value was shown.
    var isExpression: Bool

    /// Whether it did what it should.
    var succeeded: Bool { outcome.verdict < .fail }

    /// The statement; `nil` if nothing was typed.
    var statement: Statement? { tree.statements.first }

    /// Its verb, if it is one: `connect`, `ehlo`.
    var verb: String? {
        guard case .verb(let verb)? = statement?.kind else { return nil }
        return verb.verb.text
    }
}
