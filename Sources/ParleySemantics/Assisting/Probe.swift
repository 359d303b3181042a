import ParleyDiagnostics
import ParleySyntax

/// Looks around once while a script is checked: at the statement that holds a place.
final class Probe {
    private let source: SourceText
    /// The statements to look around before, outermost first: the inner ones see more.
    private var before: Set<Int> = []
    /// The statement to look around behind.
    private var behind: Int?
    /// The block whose beginning the place is in.
    private var entered: Int?
    /// What was seen last.
    private(set) var found: Surroundings?
    private var hasFoundInnermost = false

    /// Looks for the place `offset` in `tree`.
    init(_ tree: SyntaxTree, offset: Int) {
        source = tree.source
        var list = tree.statements
        while let last = list.last(where: { $0.range.start <= offset }) {
            if let inner = last.block(at: offset, in: tree) {
                before.insert(last.range.start)
                entered = inner.range.start
                list = inner.statements
                behind = nil
            } else if last.range.end < offset {
                behind = last.range.start
                return
            } else {
                before.insert(last.range.start)
                return
            }
        }
    }

    func willCheck(_ statement: Statement, _ checking: Checking) {
        guard before.contains(statement.range.start), checking.source === source else { return }
        look(checking)
    }

    func didCheck(_ statement: Statement, _ checking: Checking) {
        guard behind == statement.range.start, checking.source === source else { return }
        look(checking)
        hasFoundInnermost = true
    }

    func didEnter(_ block: Block, _ checking: Checking) {
        guard entered == block.range.start, checking.source === source else { return }
        look(checking)
    }

    /// At the top of a file: all its names are known, and no session.
    func didDeclare(_ checking: Checking) {
        guard found == nil else { return }
        look(checking)
    }

    /// A dialogue is checked for each of its calls; the first one's surroundings serve.
    private func look(_ checking: Checking) {
        guard !hasFoundInnermost else { return }
        found = checking.surroundings
    }
}

extension Statement {
    /// The block that the place stands in; one that was never closed reaches on to the next
    /// statement.
    func block(at offset: Int, in tree: SyntaxTree) -> Block? {
        let isClosed =
            tokens.upperBound > 0 && tokens.upperBound <= tree.tokens.count
            && tree.tokens[tokens.upperBound - 1].kind == .blockEnd
        return blocks.last { block in
            // A block that is missing has no braces.
            guard block.range.end > block.range.start, block.range.start < offset else {
                return false
            }
            if offset < block.range.end { return true }
            return !isClosed && block.range.end >= range.end
        }
    }
}
