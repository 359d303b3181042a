import ParleyDiagnostics
import ParleySyntax

/// An unverified certificate proves nothing about whom one speaks to.
enum VerifyNone: LintRule {
    static let code = "lint.verify-none"
    static let explanation = """
        TLS is not verified here, so any server could answer. Between mail exchangers that is the \
        rule of the game; then judge what matters yourself, with `cert` and `tls`. Towards a \
        submission server, where a password follows, verify, or name the authority with `ca FILE`.
        """

    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void) {
        var walk = TreeWalk()
        walk.onStatement = { statement in
            guard case .verb(let verb) = statement.kind,
                ["connect", "starttls"].contains(verb.verb.text)
            else { return }
            for (first, second) in zip(verb.words, verb.words.dropFirst()) {
                guard !first.isQuoted, first.literal == "verify", second.literal == "none" else {
                    continue
                }
                report(
                    advice(
                        "the certificate is not verified here",
                        at: script.place(first.range.union(second.range)),
                        help: "verify, or name the authority: ca FILE"
                    )
                )
            }
        }
        walk.walk(script.tree.statements)
    }
}
