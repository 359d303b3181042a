import ParleyDiagnostics
import ParleySyntax

/// A test that speaks to nobody and judges nothing always passes.
enum EmptyTest: LintRule {
    static let code = "lint.empty-test"
    static let explanation = """
        A test has no verb and no judgement, so it passes whatever the servers do. A report that \
        counts it promises more than was looked at.
        """

    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void) {
        for case .test(let test) in script.tree.statements.map(\.kind) {
            var isEmpty = true
            var walk = TreeWalk()
            walk.onStatement = { statement in
                switch statement.kind {
                case .verb, .judge, .call, .remark(.fail, _), .remark(.skip, _), .malformed,
                    .snapshot:
                    isEmpty = false
                default: break
                }
            }
            walk.walk(test.body.statements)
            guard isEmpty else { continue }
            report(
                advice(
                    "this test judges nothing and always passes",
                    at: script.place(test.title.range),
                    severity: .warning,
                    help: "connect and judge, or write `skip \"…\"`"
                )
            )
        }
    }
}
