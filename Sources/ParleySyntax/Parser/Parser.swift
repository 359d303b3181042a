public import ParleyDiagnostics

/// Reads a script.
///
/// The parser is total: it never fails, drops no octet, and mends itself at the next line, so that
/// all errors of a file are reported at once. It reads octets directly and emits tokens as it goes,
/// because only the grammar knows whether words or an expression come next.
public struct Parser {
    /// The largest script that is read, in octets.
    public static let maximumSize = 8 << 20
    /// How deep blocks, and how deep expressions, may nest.
    public static let maximumDepth = 200
    /// How many diagnostics one file yields; the rest is noise.
    public static let maximumDiagnostics = 100

    let source: SourceText
    let bytes: [UInt8]
    /// Where the text begins: behind a byte order mark.
    let start: Int
    let end: Int
    let separatesAtSemicolons: Bool
    var position = 0
    var tokens: [Token] = []
    var diagnostics: [Diagnostic] = []
    var damage: [SourceRange] = []
    /// Whether newlines count as spaces: within brackets of expressions.
    var ignoresNewlines = false
    /// Whether an insertion is being read, which must stay on its line.
    var isInInsertion = false
    /// Whether the statement's expression was given up because it is too deep.
    var isTooDeep = false
    /// Whether an unclosed bracket of this statement was reported and abandoned.
    var hasAbandonedBracket = false
    var expressionDepth = 0
    var openBlocks: [OpenBlock] = []
    /// The first block whose `}` stands at another indentation than its first line.
    var suspect: (opening: SourceRange, closing: SourceRange)?
    /// Whether a comma ends a word: in `with a = x, b = y`.
    var stopsAtComma = false
    /// How many errors there were when the current statement began.
    var errorsBefore = 0

    /// A block that is open.
    struct OpenBlock {
        var brace: SourceRange
        var indentation: Int
        var holdsTests: Bool
        var isMessage: Bool
    }

    init(_ source: SourceText, separatesAtSemicolons: Bool, maximumSize: Int) {
        self.source = source
        self.separatesAtSemicolons = separatesAtSemicolons
        bytes = source.bytes
        start = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        end = min(source.bytes.count, maximumSize)
        tokens.reserveCapacity(end / 3 + 8)
    }

    /// The tree of a script, and what is wrong with it.
    ///
    /// - Parameter separatesAtSemicolons: whether `;` before a space or the end separates
    ///   statements, as in `parley run -c '…'`.
    public static func parse(
        _ source: SourceText,
        separatesAtSemicolons: Bool = false
    ) -> (tree: SyntaxTree, diagnostics: [Diagnostic]) {
        parse(
            source,
            separatesAtSemicolons: separatesAtSemicolons,
            maximumSize: Self.maximumSize
        )
    }

    /// The same with another limit of size, for tests.
    package static func parse(
        _ source: SourceText,
        separatesAtSemicolons: Bool = false,
        maximumSize: Int
    ) -> (tree: SyntaxTree, diagnostics: [Diagnostic]) {
        var parser = Parser(
            source,
            separatesAtSemicolons: separatesAtSemicolons,
            maximumSize: maximumSize
        )
        parser.checkEncoding()
        let statements = parser.parseFile()
        return parser.result(statements)
    }

    /// An expression alone, as the statement that gives its value a name: no place of the tree
    /// lies in what nobody wrote.
    public static func parse(
        _ source: SourceText,
        naming name: String
    ) -> (tree: SyntaxTree, diagnostics: [Diagnostic]) {
        var parser = Parser(
            source,
            separatesAtSemicolons: false,
            maximumSize: Self.maximumSize
        )
        parser.checkEncoding()
        let statements = parser.parseExpressionFile(naming: name)
        return parser.result(statements)
    }

    private func result(
        _ statements: [Statement]
    ) -> (tree: SyntaxTree, diagnostics: [Diagnostic]) {
        let sorted = diagnostics.enumerated().sorted { left, right in
            let starts = (
                left.element.primary.place.range.start, right.element.primary.place.range.start
            )
            return starts.0 == starts.1 ? left.offset < right.offset : starts.0 < starts.1
        }
        let tree = SyntaxTree(
            source: source,
            tokens: tokens,
            statements: statements,
            damage: damage.sorted { $0.start < $1.start }
        )
        return (tree, sorted.map(\.element))
    }

    private mutating func parseExpressionFile(naming name: String) -> [Statement] {
        emit(.space, upTo: start)
        guard advanceToStatement() else { return [] }
        let first = tokens.count
        errorsBefore = damage.count
        let name = Identifier(name, SourceRange(position, position))
        let kind = StatementKind.binding(name, parseExpression())
        finishStatement()
        guard tokens.count > first else { return parseFile() }
        let last = endOfTokens(from: first)
        let range = SourceRange(tokens[first].range.start, tokens[last - 1].range.end)
        return [Statement(range: range, tokens: first..<last, kind: kind)] + parseFile()
    }

    mutating func parseFile() -> [Statement] {
        emit(.space, upTo: start)
        var statements: [Statement] = []
        while advanceToStatement() {
            if byte == UInt8(ascii: "}") {
                reportStrayBrace()
                continue
            }
            statements.append(parseStatement())
        }
        if end < bytes.count {
            let rest = SourceRange(end, bytes.count)
            report(
                .tooLarge,
                "the script is larger than 8 MiB",
                rest,
                label: "what follows is not read",
                help: "keep large data in files and read them with `lines`, `csv` or `json`"
            )
            tokens.append(Token(.unexpected, rest))
            position = bytes.count
        }
        return statements
    }

    // MARK: - Octets

    /// The octet at the position; LF at the end, so that the end of the text ends a line.
    var byte: UInt8 { octet(at: position) }

    func octet(at offset: Int) -> UInt8 {
        offset >= 0 && offset < end ? bytes[offset] : 0x0A
    }

    var isAtEnd: Bool { position >= end }

    func isLineEnd(at offset: Int) -> Bool {
        let byte = octet(at: offset)
        return byte == 0x0A || (byte == 0x0D && offset + 1 < end && bytes[offset + 1] == 0x0A)
    }

    func isSpace(at offset: Int) -> Bool {
        let byte = octet(at: offset)
        return byte == 0x20 || byte == 0x09
    }

    func isBlank(at offset: Int) -> Bool { isSpace(at: offset) || isLineEnd(at: offset) }

    /// Whether a space, a newline or the beginning of the text stands before `offset`.
    func isBlankBefore(_ offset: Int) -> Bool {
        offset <= start || offset > end || isSpace(at: offset - 1) || bytes[offset - 1] == 0x0A
    }

    func isComment(at offset: Int) -> Bool {
        octet(at: offset) == UInt8(ascii: "#") && isBlankBefore(offset)
    }

    func endOfLine(from offset: Int) -> Int {
        var offset = offset
        while offset < end, !isLineEnd(at: offset) { offset += 1 }
        return offset
    }

    func endOfSpaces(from offset: Int) -> Int {
        var offset = offset
        while offset < end, isSpace(at: offset) { offset += 1 }
        return offset
    }

    /// The end of the name that begins at `offset`; `offset` itself if none does.
    func endOfName(from offset: Int) -> Int {
        guard isNameStart(octet(at: offset)) else { return offset }
        var offset = offset + 1
        while offset < end {
            let byte = bytes[offset]
            if isNameByte(byte) {
                offset += 1
            } else if byte == UInt8(ascii: "-"), isNameByte(octet(at: offset + 1)) {
                offset += 2
            } else {
                break
            }
        }
        return offset
    }

    func isNameStart(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == UInt8(ascii: "_")
    }

    func isNameByte(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }

    func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    /// The end of what stands there up to the next white space.
    func endOfRaw(from offset: Int) -> Int {
        var offset = offset
        while offset < end, !isBlank(at: offset) { offset += 1 }
        return offset
    }

    /// Whether the octets from `offset` on spell `text`.
    func spells(_ text: StaticString, at offset: Int) -> Bool {
        guard offset + text.utf8CodeUnitCount <= end else { return false }
        return text.withUTF8Buffer { buffer in
            for index in buffer.indices where buffer[index] != bytes[offset + index] {
                return false
            }
            return true
        }
    }

    /// Whether the unquoted word at the position is exactly `text`.
    func isAtWord(_ text: StaticString) -> Bool {
        spells(text, at: position) && isBlank(at: position + text.utf8CodeUnitCount)
    }

    func text(_ start: Int, _ end: Int) -> String {
        let start = min(start, bytes.count)
        return String(decoding: bytes[start..<max(start, min(end, bytes.count))], as: UTF8.self)
    }

    // MARK: - Tokens

    /// Makes what lies between the position and `offset` a token.
    mutating func emit(_ kind: TokenKind, upTo offset: Int) {
        guard offset > position else { return }
        tokens.append(Token(kind, SourceRange(position, offset)))
        position = offset
    }

    /// Where the last token that is neither white space nor a comment ends.
    var lastEnd: Int { tokens.last { !$0.kind.isTrivia }?.range.end ?? position }

    /// Where something is missing: behind the last token.
    var gap: SourceRange { SourceRange(lastEnd, lastEnd) }

    /// Consumes spaces and tabs.
    mutating func skipSpaces() {
        emit(.space, upTo: endOfSpaces(from: position))
    }

    mutating func emitNewline() {
        guard !isAtEnd else { return }
        emit(.newline, upTo: position + (byte == 0x0D ? 2 : 1))
    }

    /// Consumes the name at the position, if there is one.
    mutating func takeName(_ kind: TokenKind = .name) -> Identifier? {
        let stop = endOfName(from: position)
        guard stop > position else { return nil }
        let name = Identifier(text(position, stop), SourceRange(position, stop))
        emit(kind, upTo: stop)
        return name
    }

    /// Consumes the word `text`, if it stands at the position as a whole word.
    mutating func takeWord(_ text: StaticString) -> Bool {
        guard isAtWord(text) else { return false }
        emit(.keyword, upTo: position + text.utf8CodeUnitCount)
        return true
    }

    /// Consumes the name `text`, if the name at the position is spelled so.
    mutating func takeClause(_ text: StaticString) -> Bool {
        let stop = position + text.utf8CodeUnitCount
        guard spells(text, at: position), endOfName(from: position) == stop else { return false }
        emit(.keyword, upTo: stop)
        return true
    }

    // MARK: - Reports

    var hasErrorInStatement: Bool { damage.count > errorsBefore }

    mutating func report(
        _ problem: SyntaxProblem,
        _ message: String,
        _ range: SourceRange,
        label: String = "",
        severity: Diagnostic.Severity = .error,
        secondary: [(SourceRange, String)] = [],
        notes: [String] = [],
        help: String? = nil,
        fix: (range: SourceRange, replacement: String)? = nil
    ) {
        if severity == .error { damage.append(range) }
        // A line that is wrong in so many ways is told enough about.
        if isTooDeep || damage.count > errorsBefore + 8 { return }
        guard diagnostics.count < Self.maximumDiagnostics else { return }
        diagnostics.append(
            Diagnostic(
                problem.code,
                message,
                at: SourcePlace(source, range),
                label: label,
                severity: severity,
                secondary: secondary.map { Diagnostic.Label(SourcePlace(source, $0.0), $0.1) },
                notes: notes,
                help: help,
                fixIt: fix.map { Diagnostic.FixIt(SourcePlace(source, $0.range), $0.replacement) }
            )
        )
    }
}
