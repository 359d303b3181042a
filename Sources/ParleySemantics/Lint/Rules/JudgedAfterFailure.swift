import ParleyDiagnostics
import ParleySyntax

/// A refusal ends the test at the verb, so a judgement behind it that wants one is never reached.
enum JudgedAfterFailure: LintRule {
    static let code = "lint.judged-after-failure"
    static let explanation = """
        A verb without `=>` demands its natural success, and the next line expects a refusal: it \
        cannot pass, since a refusal has ended the test one line earlier. Write the refusal behind \
        the verb, `rcpt … => 550`, or admit every answer with `=> any as r` and judge `r`.
        """

    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void) {
        sequences(script.tree.statements) { statements in
            for (first, second) in zip(statements, statements.dropFirst()) {
                guard case .verb(let verb) = first.kind, verb.tail.arrow == nil,
                    !["send", "start", "stop", "close", "signal"].contains(verb.verb.text),
                    case .judge(let judge) = second.kind,
                    let code = refusal(judge.condition, verb.tail.binding?.text)
                else { continue }
                report(
                    advice(
                        "this cannot pass: a refusal ends the test one line earlier",
                        at: script.place(judge.condition.range),
                        severity: .warning,
                        secondary: [
                            Diagnostic.Label(
                                script.place(verb.verb.range),
                                "demands success, since it has no `=>`"
                            )
                        ],
                        help: "write `\(verb.verb.text) … => \(code)`"
                    )
                )
            }
        }
    }

    private static func sequences(_ statements: [Statement], _ body: ([Statement]) -> Void) {
        body(statements)
        for statement in statements {
            for block in statement.blocks { sequences(block.statements, body) }
        }
    }

    /// The refusal that a condition wants of the reply, as an arrow writes it.
    private static func refusal(_ condition: Expression, _ binding: String?) -> String? {
        guard case .binary(.equal, _, let left, let right) = condition.kind,
            case .member(let base, let field) = left.kind, case .name(let name) = base.kind,
            name == "reply" || name == binding,
            case .literal(let literal) = right.kind
        else { return nil }
        switch (field.text, literal) {
        case ("code", .integer(let code)) where code >= 400: return "\(code)"
        case ("enhanced", .enhanced(let code)) where code.statusClass >= 4: return "\(code)"
        default: return nil
        }
    }
}
