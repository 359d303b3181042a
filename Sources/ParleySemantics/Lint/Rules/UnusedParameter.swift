import ParleyDiagnostics
import ParleySyntax

/// A parameter that nothing reads can be set without any effect.
enum UnusedParameter: LintRule {
    static let code = "lint.unused-parameter"
    static let explanation = """
        A `param` or `secret` is declared and read nowhere. Who sets it with `--set` sees no \
        effect, and a secret is asked for in vain.
        """

    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void) {
        guard script.hasTests else { return }
        let used = script.readNames
        for statement in script.tree.statements {
            let name: Identifier
            switch statement.kind {
            case .parameter(let parameter, _, _): name = parameter
            case .secret(let secret, _, _): name = secret
            default: continue
            }
            guard !used.contains(name.text), name.text.first != "_" else { continue }
            report(
                advice(
                    "‘\(name.text)’ is declared and never read",
                    at: script.place(name.range),
                    help: "use it, or remove it"
                )
            )
        }
    }
}
