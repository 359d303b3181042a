import ParleyDiagnostics
import ParleySyntax

/// RFC 2034 wants the first digit of both codes to agree.
enum EnhancedClass: LintRule {
    static let code = "lint.enhanced-class"
    static let explanation = """
        An expected reply has a code of one class and an enhanced code of another: `250 5.1.1`. \
        RFC 2034 §4 demands that they agree, so only a broken server can give this answer. If that \
        is what the test looks for, write `any` and judge `reply.enhanced`.
        """

    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void) {
        var walk = TreeWalk()
        walk.onStatement = { statement in
            guard case .verb(let verb) = statement.kind else { return }
            for alternative in verb.tail.arrow?.alternatives ?? [] {
                guard let code = alternative.code, let enhanced = alternative.enhanced,
                    code.lowest / 100 != enhanced.statusClass
                else { continue }
                report(
                    advice(
                        "\(code) and \(enhanced) are of different classes",
                        at: script.place(alternative.range),
                        severity: .warning,
                        help: "make the first digits agree (RFC 2034 §4)"
                    )
                )
            }
        }
        walk.walk(script.tree.statements)
    }
}
