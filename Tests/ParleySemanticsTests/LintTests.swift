import ParleyDiagnostics
import ParleySemantics
import ParleySyntax
import ParleyWire
import Testing

@Suite struct LintTests {
    @Test(
        arguments: [
            (
                "connect smtp a.test\nrset\nexpect reply.code == 550",
                ["lint.judged-after-failure@3"]
            ),
            ("connect smtp a.test\nrset => any\nexpect reply.code == 550", []),
            (
                "connect smtp a.test\neventually within 5s {\nrset within 10s\n}",
                ["lint.long-within@3"]
            ),
            ("connect smtp a.test\nlet x = 1\nlog ${x}", ["lint.needless-insertion@3"]),
            ("connect smtp a.test\nlet x = 1\nlog \"${x}\"", []),
            ("connect smtp a.test\npause 5s", ["lint.pause@2"]),
            ("connect smtp a.test\nrset as r", ["lint.unused-name@2"]),
            ("connect smtp a.test\nauth plain u geheim", ["lint.literal-secret@2"]),
            ("connect smtp a.test\nsend AUTH PLAIN abc in clear", ["lint.in-clear@2"]),
            (
                "connect smtp a.test via socks5://b.test user u password geheim in clear",
                ["lint.in-clear@1", "lint.literal-secret@1"]
            ),
            ("connect smtp a.test\nstarttls verify none", ["lint.verify-none@2"]),
            ("connect smtp a.test\nstarttls\nmail a@b", ["lint.stale-offers@3"]),
            ("connect smtp a.test\nstarttls\nehlo x.test\nmail a@b", []),
            (
                "connect smtp a.test\nrset as reply\nexpect reply.code == 250",
                ["lint.hidden-attribute@2"]
            ),
            ("connect smtp a.test pregreet \"x\"", ["lint.attack@1"]),
            (
                "connect smtp a.test\nsend lf NOOP\nsend cr NOOP",
                ["lint.attack@2", "lint.attack@3"]
            ),
            ("connect smtp a.test\nsend long 600 NOOP", ["lint.attack@2"]),
            ("connect smtp a.test\nbody \"x\"", []),
            ("connect smtp a.test\nbody \"x\" unstuffed", ["lint.attack@2"]),
            ("connect smtp a.test\nbody \"x\" ending \"y\"", ["lint.attack@2"]),
            ("connect smtp a.test\nstarttls unoffered", ["lint.attack@2"]),
            ("connect smtp a.test\npipeline force {\nnoop\n}", ["lint.attack@2"]),
            ("connect smtp a.test\nclose reset", ["lint.attack@2"]),
            ("connect smtp a.test\nclose", []),
            ("log \"x\"", ["lint.empty-test@0"]),
            (
                "connect smtp a.test\nsend raw \"\"\"\n    one\n    .\n    \"\"\"",
                ["lint.bare-lf@2"]
            ),
            (
                "connect smtp a.test\nsend raw \"\"\"\n    one\\r\n    .\\r\n    \"\"\"",
                []
            ),
            ("connect smtp a.test\nsend raw \"one\\n.\\n\"", []),
        ] as [(String, [String])]
    )
    func adviceIsGivenWhereItIsDue(_ statements: String, _ expected: [String]) {
        #expect(
            advice("test \"t\" { #\n\(statements)\n}\n", lineOffset: 1) == expected,
            "\(statements)"
        )
    }

    @Test func twoTestsOfOneTitleAreAdvisedAgainst() {
        let test = "test \"t\" {\nconnect smtp a.test\n}\n"
        #expect(advice(test + test, lineOffset: 0) == ["lint.duplicate-title@4"])
    }

    @Test func anUnusedParameterIsAdvisedAgainst() {
        let script = "param a = 1\ntest \"t\" {\nconnect smtp a.test\n}\n"
        #expect(advice(script, lineOffset: 0) == ["lint.unused-parameter@1"])
        #expect(advice("param a = 1\n", lineOffset: 0) == [])
    }

    @Test func theExamplesOfTheTourNeedLittleAdvice() {
        #expect(advice(Examples.greylist, lineOffset: 0) == [])
        // `covers ${host}` is what the tour shows, and `covers host` what it could say.
        #expect(advice(Examples.submission, lineOffset: 0) == ["lint.needless-insertion@14"])
    }

    private func advice(_ text: String, lineOffset: Int) -> [String] {
        let (tree, problems) = Parser.parse(SourceText(name: "test.parley", text))
        #expect(problems.map(\.message) == [])
        let (program, _) = Checker.check(tree, registry: Protocols.registry)
        return Linter.lint(tree, program).map { diagnostic in
            let place = diagnostic.primary.place
            let line = place.source.position(at: place.range.start).line
            return "\(diagnostic.code)@\(line - lineOffset)"
        }
    }
}
