import Foundation
import ParleyDiagnostics
import ParleySyntax
import Testing

@Suite struct GrammarTests {
    static let grammar: Grammar = {
        let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let path = root.appendingPathComponent("grammar/parley.ebnf")
        let data = (try? Data(contentsOf: path)) ?? Data()
        return Grammar(String(decoding: data, as: UTF8.self))
    }()

    @Test func `the grammar can be read, and names no rule that is not there`() {
        #expect(Self.grammar.problems == [])
    }

    @Test func `the keywords of the grammar are those of the parser`() {
        let words = Self.grammar.terminals.filter { terminal in
            guard let first = terminal.unicodeScalars.first else { return false }
            return first.properties.isAlphabetic
        }
        var table = Set(Keywords.statements.map(\.word))
        table.formUnion(Keywords.clauses)
        table.formUnion(ServerDeclaration.settingNames)
        table.formUnion(ServerAction.statuses)
        table.formUnion(["auth", "tls"])
        table.formUnion(Keywords.operators)
        table.formUnion(Keywords.constants)
        table.formUnion(Keywords.predicates)
        table.formUnion(Keywords.patternFunctions)
        table.formUnion(Keywords.durationUnits.map(\.unit))
        table.formUnion(Keywords.sizeUnits.map(\.unit))
        #expect(table.subtracting(words) == [])
        #expect(words.subtracting(table) == [])
    }

    @Test(arguments: 1...5)
    func `the parser accepts what the grammar derives, and the formatter keeps it`(_ seed: UInt64) {
        var generator = GrammarGenerator(Self.grammar, seed: seed)
        for number in 0..<8 {
            guard accepts(generator.sentence("script", size: 100 + 50 * number)) else { return }
        }
        for word in Self.starts {
            let sentence = generator.sentence(
                Self.rules[word] ?? word,
                size: word == "server" ? 600 : 200
            )
            let script =
                Keywords.statement(word)?.level == .file
                ? sentence + "\n" : "test \"t\" {\n    \(sentence)\n}\n"
            guard accepts(script) else { return }
        }
    }

    @Test func `the sentences use every rule of the grammar`() {
        var generator = GrammarGenerator(Self.grammar, seed: 99)
        let spaces: Set = ["S", "newline", "G", "script", "file-statement", "BOM"]
        var missing = Set(Self.grammar.rules.keys).subtracting(spaces)
        for _ in 0..<240 where !missing.isEmpty {
            for word in Self.starts where !missing.isEmpty {
                _ = generator.sentence(Self.rules[word] ?? word, size: 200)
                missing.subtract(generator.used)
            }
        }
        #expect(missing == [])
    }

    /// What sentences are derived from: every statement, those with most forms several times.
    static let starts =
        Keywords.statements.map(\.word) + Array(repeating: "verb-statement", count: 20)
        + Array(repeating: "server", count: 5) + Array(repeating: "message", count: 3)
        + Array(repeating: "judgement", count: 10) + Array(repeating: "body-statement", count: 5)

    /// The rules of statements whose first words have other names.
    static let rules = [
        "before": "hook", "after": "hook", "expect": "judgement", "require": "judgement",
        "fail": "remark", "warn": "remark", "skip": "remark", "log": "remark",
    ]

    private func accepts(_ sentence: String) -> Bool {
        let source = SourceText(name: "sentence", sentence)
        let (_, diagnostics) = assertParse(source)
        if let first = diagnostics.first {
            Issue.record("\(DiagnosticRenderer().render(first))\n\(sentence.debugDescription)")
            return false
        }
        assertFormat(source)
        return true
    }
}
