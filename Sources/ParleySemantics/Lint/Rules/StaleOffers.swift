import ParleyDiagnostics
import ParleyVerbs

/// What was advertised before TLS is forgotten, and EHLO has to be said anew.
enum StaleOffers: LintRule {
    static let code = "lint.stale-offers"
    static let explanation = """
        After STARTTLS the server forgets EHLO and the client forgets what was advertised (RFC \
        3207 §4.2). The next verb needs a new `ehlo`; without it a server may refuse with 503, and \
        `offers` is an error.
        """

    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void) {
        script.program?.forEachSequence { statements in
            var upgraded: [SessionSlot: SourcePlace] = [:]
            for statement in statements {
                guard case .verb(let verb) = statement.kind else { continue }
                if verb.spec.name == "starttls" {
                    upgraded[verb.session] = verb.place
                } else if let place = upgraded.removeValue(forKey: verb.session),
                    ["auth", "mail", "rcpt", "data"].contains(verb.spec.name),
                    !verb.expectation.isExplicit || !verb.expectation.admitsRefusal
                {
                    report(
                        advice(
                            "after STARTTLS comes EHLO again, before \(verb.spec.wireName)",
                            at: verb.place,
                            severity: .warning,
                            secondary: [Diagnostic.Label(place, "what was known ended here")],
                            help: "write `ehlo NAME` between them"
                        )
                    )
                }
            }
        }
    }
}
