import ParleyDiagnostics
import ParleySyntax

/// A name that nobody reads is often a judgement that was forgotten.
enum UnusedName: LintRule {
    static let code = "lint.unused-name"
    static let explanation = """
        A name is bound with `let`, `as` or `cases` and read nowhere. Often the judgement it was \
        bound for is missing, or it is a slip of the pen.
        """

    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void) {
        let used = script.readNames
        var walk = TreeWalk()
        walk.onStatement = { statement in
            let names: [Identifier]
            switch statement.kind {
            case .binding, .cases: names = statement.boundNames
            // A session may be named for the reader of the transcript alone.
            case .verb(let verb) where verb.verb.text != "connect": names = statement.boundNames
            default: return
            }
            for name in names where !used.contains(name.text) && name.text.first != "_" {
                report(
                    advice(
                        "‘\(name.text)’ is bound and never read",
                        at: script.place(name.range),
                        help: "judge it, or leave the name out"
                    )
                )
            }
        }
        // What a file without tests binds is for those who use it.
        walk.walk(
            script.hasTests ? script.tree.statements : script.tree.statements.filter { !$0.isLet }
        )
    }
}

extension LintedScript {
    /// Every name that is read anywhere in the file, labels included.
    var readNames: Set<String> {
        var names: Set<String> = []
        var walk = TreeWalk()
        walk.onExpression = { expression in
            if case .name(let name) = expression.kind { names.insert(name) }
        }
        walk.onStatement = { statement in
            if let label = statement.label { names.insert(label.text) }
        }
        walk.walk(tree.statements)
        return names
    }

    var hasTests: Bool {
        tree.statements.contains { statement in
            if case .test = statement.kind { true } else { false }
        }
    }
}

extension Statement {
    fileprivate var isLet: Bool {
        if case .binding = kind { true } else { false }
    }
}
