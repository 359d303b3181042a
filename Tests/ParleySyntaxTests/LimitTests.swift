import ParleyDiagnostics
import ParleySyntax
import Testing

@Suite struct LimitTests {
    @Test func `blocks nested too deep are one error, and parsing goes on`() {
        let depth = 5000
        let script =
            "test \"t\" {\n" + String(repeating: "if x {\n", count: depth)
            + String(repeating: "}\n", count: depth) + "}\nlet = 1\n"
        let (tree, diagnostics) = assertParse(SourceText(name: "deep", script))
        #expect(
            diagnostics.map(\.code) == ["script.syntax.too-deep", "script.syntax.missing-name"]
        )
        #expect(tree.statements.count == 2)
    }

    @Test(arguments: [
        "(", "[", "not ", "-", "f(", "!", "$", "\"${", "x[", "a.", "${", "1 + ", "x == ",
    ])
    func `expressions nested too deep do not exhaust the stack`(_ piece: String) {
        let script = "let x = " + String(repeating: piece, count: 20000) + "1\nlet y = 1\n"
        let (tree, diagnostics) = assertParse(SourceText(name: "deep", script))
        #expect(!diagnostics.isEmpty)
        #expect(diagnostics.count < 50)
        #expect(tree.statements.count == 2)
    }

    @Test func `what exceeds the limit of size is not read`() {
        let bytes = Array(String(repeating: "noop # comment\n", count: 100).utf8)
        let source = SourceText(name: "large", bytes: bytes)
        let (tree, diagnostics) = Parser.parse(source, maximumSize: 1000)
        #expect(diagnostics.map(\.code) == ["script.syntax.too-large"])
        #expect(Parser.parse(source, maximumSize: bytes.count).diagnostics.isEmpty)
        #expect(tree.tokens.last?.range.end == bytes.count)
    }

    @Test func `a file of errors yields a bounded number of diagnostics`() {
        let script = String(repeating: "expect x = = 1\n250\n", count: 2000)
        let (_, diagnostics) = Parser.parse(SourceText(name: "bad", script))
        #expect(diagnostics.count == Parser.maximumDiagnostics)
    }

    @Test func `in a command line, a semicolon separates statements`() {
        let script = "connect smtp a;b; expect x == 1 ; send \"a; b\"; quit;"
        let source = SourceText(name: "-c", script)
        let (tree, diagnostics) = Parser.parse(source, separatesAtSemicolons: true)
        #expect(diagnostics.map(\.message) == [])
        #expect(tree.statements.count == 4)
    }

    @Test func `words spell constants`() {
        #expect(Literal.read("42") == .integer(42))
        #expect(Literal.read("-42") == .integer(-42))
        #expect(Literal.read("1.5") == .float(1.5))
        #expect(Literal.read("1.5s") == .duration(1_500_000_000))
        #expect(Literal.read("21d") == .duration(1_814_400_000_000_000))
        #expect(Literal.read("20MB") == .size(20 << 20))
        #expect(Literal.read("1KiB") == .size(1024))
        #expect(
            Literal.read("5.7.x")
                == .enhanced(EnhancedPattern(statusClass: 5, subject: 7, detail: nil))
        )
        #expect(Literal.read("TLSv1.2") == .tlsVersion(3))
        #expect(Literal.read("true") == .bool(true))
        #expect(Literal.read("none") == Literal.none)
        for word in [
            "", "abc", "5x", "99999999999999999999", "200000d", "9e9", "1.2.3.4", "2xx", "1.",
        ] {
            #expect(Literal.read(word) == nil, "\(word)")
        }
    }

    @Test func `strings resolve their escapes, and keep octets that are not UTF-8`() throws {
        let source = SourceText(name: "s", #"send "a\t\x1b\u{e9}\xc3\xa9" "\xff\xfe" "$${x}" """#)
        let (tree, diagnostics) = assertParse(source)
        #expect(diagnostics.isEmpty)
        guard case .verb(let verb) = try #require(tree.statements.first).kind else {
            Issue.record("no verb")
            return
        }
        #expect(verb.words.map(\.literal) == ["a\t\u{1B}éé", nil, "${x}", ""])
        guard case .octets(let octets, _) = try #require(verb.words[1].parts.first) else {
            Issue.record("no octets")
            return
        }
        #expect(octets == [0xFF, 0xFE])
    }

    @Test func `a text loses the indentation of its closing quotes`() throws {
        let lines = ["send \"\"\"", "    a ${b}", "      c", "", "    .d\\n", "    \"\"\""]
        for newline in ["\n", "\r\n"] {
            let source = SourceText(name: "t", lines.joined(separator: newline))
            let (tree, diagnostics) = assertParse(source)
            #expect(diagnostics.isEmpty)
            guard case .verb(let verb) = try #require(tree.statements.first).kind,
                case .text(let first, _) = verb.words[0].parts[0],
                case .text(let last, _) = verb.words[0].parts[2]
            else {
                Issue.record("no text")
                return
            }
            #expect(first == "a ")
            #expect(last == "\n  c\n\n.d\n")
        }
    }
}
