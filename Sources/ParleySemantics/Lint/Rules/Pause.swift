import ParleyDiagnostics
import ParleySyntax

/// A pause is either too short on a busy day or too long on all others.
enum Pause: LintRule {
    static let code = "lint.pause"
    static let explanation = """
        `pause` waits for a fixed time and hopes. `eventually within D { }` tries until it passes \
        and goes on at once; `within` waits for a reply no longer than it takes. A pause is right \
        only where the waiting itself is the test, as with a greylisting delay.
        """

    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void) {
        var walk = TreeWalk()
        walk.onStatement = { statement in
            guard case .pause = statement.kind else { return }
            report(
                advice(
                    "a pause waits too long or not long enough",
                    at: script.firstWord(statement),
                    help: "try until it passes: eventually within 30s every 1s {"
                )
            )
        }
        walk.walk(script.tree.statements)
    }
}
