import ParleyAssist
import ParleyDiagnostics
import ParleySemantics
import ParleySyntax
import ParleyVerbs
import ParleyWire
import Testing

/// A text with a cursor, written `‸`.
struct Typed {
    let source: SourceText
    let offset: Int
    let tree: SyntaxTree
    let study: Study

    init(_ text: String) throws {
        let parts = text.split(separator: "‸", maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2, "no cursor in: \(text)")
        source = SourceText(name: "typed.parley", parts.joined())
        offset = parts[0].utf8.count
        tree = Parser.parse(source).tree
        study = Checker.study(tree, registry: Protocols.registry) { path, _ in
            .failure(LoadFailure("no \(path) here"))
        }
    }

    /// What is proposed there.
    func proposals(_ change: (inout Assistant) -> Void = { _ in }) -> Proposals {
        var assistant = Assistant(study, at: offset)
        change(&assistant)
        return assistant.proposals(for: source, at: offset)
    }

    /// What the place sees.
    var surroundings: Surroundings { study.surroundings(at: offset) }

    /// The texts that are proposed there.
    var words: [String] { proposals().list.map(\.text) }

    /// What is told of the word there.
    var telling: Telling? {
        study.telling(at: offset) { $0 == "smtp.reply" ? ["another reply"] : nil }
    }
}

/// Statements of a test with a session, around what is typed.
func body(_ line: String) -> String {
    """
    param user: address = a@b.test
    secret pass = env PASS
    dialogue greet(name: domain) {
        ehlo ${name}
    }
    server grey smtp on 127.0.0.1:auto {
    }
    test "t" tags [smtp, slow] {
        start grey
        connect smtp mx.test as box
        ehlo probe.test as hello
        let limit = 30s
        \(line)
    }
    """
}
