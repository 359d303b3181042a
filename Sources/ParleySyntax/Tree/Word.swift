public import ParleyDiagnostics

/// One word of a statement that reads words: literal text with insertions.
public struct Word: Sendable {
    /// Where it stands, quotes included.
    public var range: SourceRange
    /// Its pieces; none for `""`.
    public var parts: [WordPart]
    /// Whether it is written in quotes; a quoted word is never a tail or a clause.
    public var isQuoted: Bool

    /// A word.
    public init(range: SourceRange, parts: [WordPart], isQuoted: Bool) {
        self.range = range
        self.parts = parts
        self.isQuoted = isQuoted
    }

    /// The text, if nothing is inserted and all of it is UTF-8.
    public var literal: String? {
        var text = ""
        for part in parts {
            guard case .text(let piece, _) = part else { return nil }
            text += piece
        }
        return text
    }

    /// The expression, if the word is exactly one insertion without quotes: it keeps its kind.
    public var soleInsertion: Expression? {
        guard !isQuoted, parts.count == 1, case .insertion(let expression, _) = parts[0] else {
            return nil
        }
        return expression
    }
}

/// A piece of a word, a string or a pattern.
public enum WordPart: Sendable {
    /// Literal text, escapes resolved.
    case text(String, SourceRange)
    /// Literal octets that are not UTF-8: what `\\xff` and the like in a string stand for.
    case octets([UInt8], SourceRange)
    /// `${…}`; the range includes the braces.
    case insertion(Expression, SourceRange)
}

/// `/…/` or `/…/i`: a pattern as written, with insertions that are quoted when they are made.
public struct RegexLiteral: Sendable {
    /// Where it stands, slashes and flag included.
    public var range: SourceRange
    /// Its pieces; `\/` is already `/`.
    public var parts: [WordPart]
    /// Whether the flag `i` is given.
    public var isCaseInsensitive: Bool

    /// A pattern.
    public init(range: SourceRange, parts: [WordPart], isCaseInsensitive: Bool) {
        self.range = range
        self.parts = parts
        self.isCaseInsensitive = isCaseInsensitive
    }
}
