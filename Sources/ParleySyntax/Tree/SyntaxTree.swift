public import ParleyDiagnostics

/// What the parser makes of a source text: every octet in exactly one token, and the statements
/// that the tokens form.
///
/// The tree is total: a malformed line becomes a ``StatementKind/malformed`` statement over its
/// tokens, so that the formatter and the editor lose nothing.
public struct SyntaxTree: Sendable {
    /// The text.
    public let source: SourceText
    /// All tokens in order, white space and comments included; joined, they are the text.
    public let tokens: [Token]
    /// The statements of the file.
    public let statements: [Statement]
    /// Where syntax errors were reported; the formatter leaves these lines as they are.
    public let damage: [SourceRange]

    /// A tree.
    public init(
        source: SourceText,
        tokens: [Token],
        statements: [Statement],
        damage: [SourceRange] = []
    ) {
        self.source = source
        self.tokens = tokens
        self.statements = statements
        self.damage = damage
    }
}

/// A name as written, with its place.
public struct Identifier: Hashable, Sendable {
    /// The name.
    public var text: String
    /// Where it stands.
    public var range: SourceRange

    /// A name at a place.
    public init(_ text: String, _ range: SourceRange) {
        self.text = text
        self.range = range
    }
}

/// One statement: a line, or a line with its block.
public struct Statement: Sendable {
    /// From its first token to its last, the block included, trivia around it excluded.
    public var range: SourceRange
    /// The tokens of that range, as indices into ``SyntaxTree/tokens``.
    public var tokens: Range<Int>
    /// The session it speaks on or judges, if the script says: `box:`.
    public var label: Identifier?
    /// What it says.
    public var kind: StatementKind

    /// A statement.
    public init(
        range: SourceRange,
        tokens: Range<Int>,
        label: Identifier? = nil,
        kind: StatementKind
    ) {
        self.range = range
        self.tokens = tokens
        self.label = label
        self.kind = kind
    }
}

/// The statements between `{` and `}`.
public struct Block: Sendable {
    /// From `{` to `}`.
    public var range: SourceRange
    /// The statements in order.
    public var statements: [Statement]

    /// A block.
    public init(range: SourceRange, statements: [Statement]) {
        self.range = range
        self.statements = statements
    }
}
