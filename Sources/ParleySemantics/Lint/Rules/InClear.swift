import ParleyDiagnostics

/// `in clear` lets a password travel where anybody on the way can read it.
enum InClear: LintRule {
    static let code = "lint.in-clear"
    static let explanation = """
        A statement says `in clear`, so a secret is sent although the connection is not encrypted. \
        On loopback that is not needed; on any other host everybody on the way can read it. Use \
        `starttls` or smtps, or an account that is good for nothing else. To a proxy, only a \
        tunnel that is encrypted itself would help.
        """

    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void) {
        // An attack on a server of one's own may well try a login in clear.
        let tests = script.program?.tests ?? []
        for test in tests where !test.tags.contains("attack") {
            test.body.forEachSequence { check($0, report) }
        }
    }

    private static func check(
        _ statements: [CheckedStatement],
        _ report: @escaping (Diagnostic) -> Void
    ) {
        for statement in statements {
            let place: SourcePlace
            var help = "go under TLS first: starttls"
            switch statement.kind {
            case .verb(let verb) where verb.clauses.contains { $0.name == "in clear" }:
                place = verb.place
            case .connect(let connect) where connect.route.allowsClear:
                place = statement.place
                help = "reach the proxy on loopback, through a tunnel that is encrypted"
            case .send(let send) where send.allowsClear: place = statement.place
            default: continue
            }
            report(
                advice(
                    "a secret may travel in clear here",
                    at: place,
                    severity: .warning,
                    help: help
                )
            )
        }
    }
}
