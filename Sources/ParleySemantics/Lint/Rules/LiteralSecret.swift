import ParleyDiagnostics
import ParleyVerbs

/// A password written into the script is in the repository, in the logs and in every backup.
enum LiteralSecret: LintRule {
    static let code = "lint.literal-secret"
    static let explanation = """
        A password stands in the script itself. Whoever reads the script knows it, and Parley \
        hides only what it knows to be secret. Declare `secret NAME = env VARIABLE` (or file, \
        prompt, credential) and write `${NAME}`.
        """

    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void) {
        // A secret's own name is a slip that the checker tells.
        let names = script.program?.secrets.map(\.variable.name) ?? []
        func judge(_ value: CheckedExpression, _ name: String) {
            guard case .constant(let written) = value.form,
                !names.contains(where: { written == .string($0) })
            else { return }
            report(
                advice(
                    "the \(name) is written into the script",
                    at: value.place,
                    severity: .warning,
                    help: "declare `secret NAME = env VARIABLE` and write ${NAME}"
                )
            )
        }
        script.program?.forEachVerb { verb in
            for argument in verb.arguments where verb.spec.slots[argument.slot].isSecret {
                judge(argument.value, verb.spec.slots[argument.slot].name)
            }
        }
        script.program?.forEachSequence { statements in
            for case .connect(let connect) in statements.lazy.map(\.kind) {
                if let password = connect.route.password { judge(password, "proxy’s password") }
            }
        }
    }
}
