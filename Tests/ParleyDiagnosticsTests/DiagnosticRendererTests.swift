import ParleyDiagnostics
import Testing

@Suite struct DiagnosticRendererTests {
    private func diagnostic(
        _ text: String,
        _ range: (Int, Int),
        label: String = "",
        others: [(Int, Int, String)] = []
    ) -> Diagnostic {
        let source = SourceText(name: "a.parley", text)
        return Diagnostic(
            "script.x",
            "something is wrong",
            at: SourcePlace(source, SourceRange(range.0, range.1)),
            label: label,
            secondary: others.map { .init(SourcePlace(source, SourceRange($0.0, $0.1)), $0.2) },
            help: "mend it"
        )
    }

    @Test func `several labels on a line hang below each other`() {
        let shown = DiagnosticRenderer().render(
            diagnostic(
                "abc def ghi",
                (8, 11),
                label: "third",
                others: [(0, 3, "first"), (4, 7, "second")]
            )
        )
        #expect(
            shown == """
                error: something is wrong [script.x]
                   ┌ a.parley:1:9
                  1│ abc def ghi
                   │ --- --- ^^^ third
                   │ │   second
                   │ first
                   = help: mend it

                """
        )
    }

    @Test func `marks that overlap get rows of their own`() {
        let shown = DiagnosticRenderer(isUnicode: false).render(
            diagnostic("abc def", (0, 7), label: "all", others: [(4, 7, "part")])
        )
        #expect(
            shown == """
                error: something is wrong [script.x]
                   --> a.parley:1:1
                  1| abc def
                   | ^^^^^^^ all
                   |     --- part
                   = help: mend it

                """
        )
    }

    @Test func `tabs, wide and hostile characters keep the marks in place`() {
        let shown = DiagnosticRenderer().render(diagnostic("\t日本\u{1B}x", (8, 9)))
        #expect(shown.contains("  1│     日本\\x1bx\n   │             ^\n"))
    }

    @Test func `a place at the end of the text and beyond is shown`() {
        #expect(DiagnosticRenderer().render(diagnostic("ab", (2, 2))).contains("│   ^\n"))
        #expect(DiagnosticRenderer().render(diagnostic("", (0, 0))).contains("│ ^\n"))
        #expect(DiagnosticRenderer().render(diagnostic("ab\n", (90, 99))).contains("│ ^\n"))
    }

    @Test func `colour is escape sequences around the same text`() {
        let item = diagnostic("abc def ghi", (8, 11), label: "third", others: [(0, 3, "first")])
        let plain = DiagnosticRenderer().render([item, item])
        let colored = DiagnosticRenderer(style: TerminalStyle(isColored: true)).render([item, item])
        #expect(colored != plain)
        #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
        #expect(plain.hasSuffix("2 errors\n"))
    }
}
