import ParleyDiagnostics

/// What breaks the rules of the protocol on purpose is an attack on whoever listens.
enum Attack: LintRule {
    static let code = "lint.attack"
    static let explanation = """
        The statement breaks the rules of the protocol on purpose: it speaks before the greeting, \
        uses what was not offered, ends lines or messages in a way that no RFC allows, or tears \
        the connection down. Servers may block the address of whoever does so, and a message that \
        is smuggled may reach somebody. Point it only at servers that are yours. A test with \
        `attack` among its tags means it: `test "…" tags [attack] {`.
        """

    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void) {
        for test in script.program?.tests ?? [] where !test.tags.contains("attack") {
            test.body.forEachSequence { statements in
                for statement in statements {
                    for word in statement.wordsThatBreakRules {
                        report(
                            advice(
                                "‘\(word)’ breaks the rules of the protocol on purpose",
                                at: statement.place,
                                help: "if that is what the test is for: tags [attack]"
                            )
                        )
                    }
                }
            }
        }
    }
}
