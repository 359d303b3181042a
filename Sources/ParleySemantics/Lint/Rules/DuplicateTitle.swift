import ParleyDiagnostics
import ParleySyntax

/// Two tests with one title cannot be told apart in a report or in the history.
enum DuplicateTitle: LintRule {
    static let code = "lint.duplicate-title"
    static let explanation = """
        Two tests of the file have the same title. Reports tell them apart by a number, and their \
        history is mixed up as soon as one moves. Give each a title that says what only it proves.
        """

    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void) {
        var seen: [String: SourceRange] = [:]
        for case .test(let test) in script.tree.statements.map(\.kind) {
            let title = script.tree.source.text(test.title.range)
            if let first = seen[title] {
                report(
                    advice(
                        "another test has this title",
                        at: script.place(test.title.range),
                        severity: .warning,
                        secondary: [Diagnostic.Label(script.place(first), "the first one")],
                        help: "say in the title what only this test proves"
                    )
                )
            } else {
                seen[title] = test.title.range
            }
        }
    }
}
