import ParleyDiagnostics
import ParleyVerbs

/// A password written into the script is in the repository, in the logs and in every backup.
enum LiteralSecret: LintRule {
    static let code = "lint.literal-secret"
    static let explanation = """
        A password stands in the script itself. Whoever reads the script knows it, and Parley hides \
        only what it knows to be secret. Declare `secret NAME = env VARIABLE` (or file, prompt, \
        credential) and write `${NAME}`.
        """

    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void) {
        script.program?.forEachVerb { verb in
            for argument in verb.arguments where verb.spec.slots[argument.slot].isSecret {
                guard case .constant = argument.value.form else { continue }
                report(
                    advice(
                        "the \(verb.spec.slots[argument.slot].name) is written into the script",
                        at: argument.value.place,
                        severity: .warning,
                        help: "declare `secret NAME = env VARIABLE` and write ${NAME}"
                    )
                )
            }
        }
    }
}
