import ParleyDiagnostics
import ParleySyntax

/// In an expression a name stands for itself; `${…}` belongs to words and strings.
enum NeedlessInsertion: LintRule {
    static let code = "lint.needless-insertion"
    static let explanation = """
        `${x}` in an expression means the same as `x`. Braces are needed only where words are \
        literal: behind verbs and inside quotes.
        """

    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void) {
        let bytes = script.tree.source.bytes
        var walk = TreeWalk()
        walk.onExpression = { expression in
            guard case .group(let inner) = expression.kind,
                expression.range.start < bytes.count, bytes[expression.range.start] == 0x24
            else { return }
            switch inner.kind {
            case .name, .member: break
            default: return
            }
            let plain = script.tree.source.text(inner.range)
            let place = script.place(expression.range)
            report(
                advice(
                    "`${\(plain)}` is the same as `\(plain)` here",
                    at: place,
                    help: "write \(plain)",
                    fixIt: Diagnostic.FixIt(place, plain)
                )
            )
        }
        walk.walk(script.tree.statements)
    }
}
