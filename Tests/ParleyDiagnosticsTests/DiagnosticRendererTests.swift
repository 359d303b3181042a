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

    @Test func `of what is too long the part around the mark shows, and both ends of a word`() {
        let long = String(repeating: "a", count: 3000)
        let source = SourceText(name: "x", "\(long) here \(long)")
        let problem = Diagnostic(
            "script.x",
            "‘\(long)z’ is nothing",
            at: SourcePlace(source, SourceRange(3001, 3005)),
            help: "write ‘\(long)y’ not"
        )
        let lines = DiagnosticRenderer().render(problem).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count < 200 })
        #expect(lines[0].hasSuffix("aaaz’ is nothing [script.x]") && lines[0].contains("aaa…aaa"))
        #expect(lines[2].contains(" here ") && lines[2].hasSuffix("a…"))
        let mark = lines[3].firstIndex(of: "^").map {
            lines[3].distance(from: lines[3].startIndex, to: $0)
        }
        let word = lines[2].ranges(of: "here").first.map {
            lines[2].distance(from: lines[2].startIndex, to: $0.lowerBound)
        }
        #expect(mark == word && lines[3].hasSuffix(" ^^^^"))
        #expect(lines[4].hasSuffix("aaay’ not"))
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
