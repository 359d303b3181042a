import ParleyDiagnostics
import ParleySyntax

/// A variable called `reply` or `tls` hides what a bare `reply` or `tls` usually means.
enum HiddenAttribute: LintRule {
    static let code = "lint.hidden-attribute"
    static let explanation = """
        A name such as `reply`, `tls` or `banner` is an attribute of the current session. A \
        variable of that name hides it from there on, and a reader takes one for the other.
        """

    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void) {
        var walk = TreeWalk()
        walk.onStatement = { statement in
            for name in statement.boundNames where SessionAttribute(rawValue: name.text) != nil {
                report(
                    advice(
                        "‘\(name.text)’ hides the session's attribute of that name",
                        at: script.place(name.range),
                        help: "choose another name"
                    )
                )
            }
        }
        walk.walk(script.tree.statements)
    }
}

extension Statement {
    /// The names that the statement itself binds.
    var boundNames: [Identifier] {
        switch kind {
        case .binding(let name, _), .cases(let name, _), .loop(let name, _, _, _, _),
            .parameter(let name, _, _), .secret(let name, _, _):
            [name]
        case .verb(let verb): verb.tail.binding.map { [$0] } ?? []
        default: []
        }
    }
}
