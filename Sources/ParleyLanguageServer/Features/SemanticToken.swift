import ParleyDiagnostics
import ParleySemantics
import ParleySyntax

/// A word of a text with its class, as an editor colours it. The classes are the parser's kinds of
/// tokens, with names told apart by what the checker knows of them.
struct SemanticToken {
    /// The classes, in the order of the legend; all are the protocol's own.
    enum Class: String, CaseIterable {
        case comment, keyword, function, variable, parameter, string, number, regexp, `operator`
        case type, property, namespace, method
    }

    var range: SourceRange
    var kind: Class
    /// Whether a name is bound here.
    var isDeclaration = false

    /// The tokens of a text in order; those over several lines are cut at the line ends.
    static func all(of tree: SyntaxTree, _ names: NameIndex) -> [SemanticToken] {
        var known: [Int: NameIndex.Occurrence] = [:]
        for occurrence in names.occurrences where occurrence.place.source === tree.source {
            known[occurrence.place.range.start] = occurrence
        }
        let fields = Set(
            names.fields.filter { $0.place.source === tree.source }.map(\.place.range.start)
        )
        var tokens: [SemanticToken] = []
        var verb = ""
        for token in tree.tokens {
            if token.kind == .newline { verb = "" }
            if token.kind == .verb { verb = tree.source.text(token.range) }
            guard let kind = Class(token.kind, behind: verb) else { continue }
            var found = SemanticToken(range: token.range, kind: kind)
            if let occurrence = known[token.range.start] {
                found.kind = Class(occurrence.meaning)
                found.isDeclaration = occurrence.isDefinition
            } else if token.kind == .name {
                let text = tree.source.text(token.range)
                if fields.contains(token.range.start) || SessionAttribute(rawValue: text) != nil {
                    found.kind = .property
                } else if BuiltinSignatures.named(text) != nil {
                    found.kind = .function
                }
            } else if token.kind == .word {
                // Of plain words only the protocol has a class, and only behind its verb.
                guard verb == "connect" else { continue }
                verb = ""
            }
            found.cut(at: tree.source, into: &tokens)
        }
        return tokens
    }

    private func cut(at source: SourceText, into tokens: inout [SemanticToken]) {
        var start = range.start
        while start < range.end {
            let line = source.bytes[start..<range.end].firstIndex(of: 0x0A) ?? range.end
            let end = line > start && source.bytes[line - 1] == 0x0D ? line - 1 : line
            if end > start {
                var piece = self
                piece.range = SourceRange(start, end)
                tokens.append(piece)
            }
            start = line + 1
        }
    }
}

extension SemanticToken.Class {
    /// The class of the parser's tokens of a kind; `nil` for those without.
    fileprivate init?(_ kind: TokenKind, behind verb: String) {
        switch kind {
        case .comment: self = .comment
        case .keyword: self = .keyword
        case .verb: self = .method
        case .label: self = .namespace
        case .name: self = .variable
        case .string: self = .string
        case .number: self = .number
        case .regex: self = .regexp
        case .arrow, .symbol, .insertionStart, .insertionEnd: self = .operator
        case .word: self = .type
        case .space, .newline, .punctuation, .blockStart, .blockEnd, .unexpected: return nil
        }
    }

    /// The class of a name.
    fileprivate init(_ meaning: Surroundings.Name.Meaning) {
        switch meaning {
        case .value: self = .variable
        case .session: self = .namespace
        case .server: self = .type
        case .dialogue: self = .function
        }
    }
}
