public import ParleyDiagnostics

/// A piece of the source text. Every octet belongs to exactly one token.
public struct Token: Hashable, Sendable {
    /// What it is.
    public var kind: TokenKind
    /// Where it stands.
    public var range: SourceRange

    /// A token.
    public init(_ kind: TokenKind, _ range: SourceRange) {
        self.kind = kind
        self.range = range
    }
}

/// What a token is. Words and expressions are lexed differently; the first word of a line decides.
public enum TokenKind: String, Hashable, Sendable {
    /// Spaces and tabs.
    case space
    /// LF or CRLF.
    case newline
    /// From `#` to the end of the line.
    case comment
    /// The first word of a statement, and the fixed words of its grammar (`in`, `else`, `tags` …).
    case keyword
    /// A verb of a protocol.
    case verb
    /// The name and colon of a session label.
    case label
    /// A name.
    case name
    /// A word, or the literal part of one between insertions.
    case word
    /// A string, or the part of one between insertions; quotes included.
    case string
    /// `${`
    case insertionStart
    /// `}` that ends an insertion.
    case insertionEnd
    /// A number with its unit, a code, an enhanced code, a version.
    case number
    /// `/…/` with its flag, or the part of one between insertions.
    case regex
    /// `=>`
    case arrow
    /// `==`, `+`, `and`, `contains` …
    case symbol
    /// `(`, `)`, `[`, `]`, `,`, `.`, `:`, `=`
    case punctuation
    /// `{` that opens a block.
    case blockStart
    /// `}` that closes a block.
    case blockEnd
    /// What fits nowhere.
    case unexpected
}
