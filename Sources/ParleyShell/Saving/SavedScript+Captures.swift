import ParleyDiagnostics
import ParleyEngine
import ParleyPatterns
import ParleySemantics
import ParleySyntax
import ParleyWire

extension SavedScript {
    /// What a server made up, a queue's number for instance, is another one the next time: where a
    /// later statement repeats it, it is taken from the reply.
    mutating func captureWhatWasCopied() {
        var typed: Set<String> = []
        for index in statements.indices where statements[index].isKept {
            typed.formUnion(IdentifierText.tokens(in: statements[index].entry.text))
            guard let reply = statements[index].reply, isSource(statements[index]) else { continue }
            for token in IdentifierText.tokens(in: reply.text)
            where IdentifierText.isGenerated(token) && !typed.contains(token) {
                capture(token, of: index)
            }
        }
    }

    /// Capabilities and greetings are the same the next time.
    private func isSource(_ statement: SavedStatement) -> Bool {
        !["ehlo", "helo", "lhlo", "connect", "help", "quit"].contains(statement.entry.verb ?? "")
    }

    /// Puts a name in place of a token wherever later statements write it.
    private mutating func capture(_ token: String, of index: Int) {
        var places: [(statement: Int, place: LiteralPlace)] = []
        for later in statements.indices.dropFirst(index + 1) where statements[later].isKept {
            places += LiteralPlace.all(of: token, in: statements[later]).map { (later, $0) }
        }
        guard !places.isEmpty, let reply = statements[index].reply,
            let pattern = IdentifierText.pattern(for: token, in: reply.text)
        else { return }
        let source = bind(index)
        let name = fresh("id")
        statements[index].following.append(
            "let \(name) = \(source).text capture /\(pattern)/ default \"?\""
        )
        for (later, place) in places {
            statements[later].replace(place.range, with: place.isWhole ? name : "${\(name)}")
        }
    }

    /// The name of a statement's reply, which gets one if it has none.
    private mutating func bind(_ index: Int) -> String {
        if let name = statements[index].boundName { return name }
        let name = fresh("accepted")
        statements[index].boundName = name
        statements[index].insert(" as \(name) ", at: statements[index].endOfDemand)
        return name
    }
}

/// Where a statement writes a text itself.
struct LiteralPlace {
    /// What is replaced.
    var range: SourceRange
    /// Whether it is a whole string of an expression, quotes included.
    var isWhole: Bool

    /// Every place of `token` in literal text of a statement.
    static func all(of token: String, in statement: SavedStatement) -> [LiteralPlace] {
        let source = statement.entry.tree.source
        var places: [LiteralPlace] = []
        func look(_ parts: [WordPart]) {
            for case .text(_, let range) in parts {
                let bytes = Array(source.bytes[range.start..<range.end])
                for start in IdentifierText.offsets(of: Array(token.utf8), in: bytes) {
                    let from = range.start + start
                    places.append(
                        LiteralPlace(
                            range: SourceRange(from, from + token.utf8.count),
                            isWhole: false
                        )
                    )
                }
            }
        }
        var walk = TreeWalk()
        walk.onWord = { look($0.parts) }
        walk.onExpression = { expression in
            switch expression.kind {
            case .string(let parts):
                if source.text(expression.range) == "\"\(token)\"" {
                    places.append(LiteralPlace(range: expression.range, isWhole: true))
                } else {
                    look(parts)
                }
            case .matches(_, _, let pattern), .capture(_, let pattern, _): look(pattern.parts)
            default: break
            }
        }
        walk.walk([statement.statement])
        for verb in statement.verbs {
            for alternative in verb.tail.arrow?.alternatives ?? [] {
                look(alternative.pattern?.parts ?? [])
            }
        }
        return places
    }
}
