import ParleyDiagnostics

extension Parser {
    /// Consumes blank lines, comments and separators up to a statement or `}`; `false` at the end.
    mutating func advanceToStatement() -> Bool {
        while !isAtEnd {
            skipSpaces()
            if isAtEnd { return false }
            if isLineEnd(at: position) {
                emitNewline()
            } else if isComment(at: position) {
                emit(.comment, upTo: endOfLine(from: position))
            } else if isSeparator(at: position) {
                emit(.punctuation, upTo: position + 1)
            } else {
                return true
            }
        }
        return false
    }

    /// `;` where it separates statements.
    func isSeparator(at offset: Int) -> Bool {
        separatesAtSemicolons && octet(at: offset) == UInt8(ascii: ";") && isBlank(at: offset + 1)
    }

    /// Whether nothing of the statement follows.
    func isStatementEnd(at offset: Int) -> Bool {
        isLineEnd(at: offset) || isComment(at: offset) || isSeparator(at: offset)
    }

    /// Whether the `{` at `offset` opens a block: the line's last token after a space.
    func isBlockBrace(at offset: Int) -> Bool {
        guard octet(at: offset) == UInt8(ascii: "{"), isBlankBefore(offset) else { return false }
        return isStatementEnd(at: endOfSpaces(from: offset + 1))
    }

    mutating func parseStatement() -> Statement {
        let first = tokens.count
        errorsBefore = damage.count
        hasAbandonedBracket = false
        isTooDeep = false
        let label = takeLabel()
        var kind = StatementKind.malformed
        if let parsed = parseKind() { kind = parsed } else { recoverLine() }
        finishStatement()
        if let label { checkLabel(label, kind) }
        let last = endOfTokens(from: first)
        let range = SourceRange(tokens[first].range.start, tokens[max(first, last - 1)].range.end)
        return Statement(range: range, tokens: first..<last, label: label, kind: kind)
    }

    /// The index behind the last token that is neither white space nor a comment.
    func endOfTokens(from first: Int) -> Int {
        var last = tokens.count
        while last > first + 1, tokens[last - 1].kind.isTrivia { last -= 1 }
        return last
    }

    /// `NAME:` and a space, as the first token of a statement.
    private mutating func takeLabel() -> Identifier? {
        let stop = endOfName(from: position)
        guard stop > position, octet(at: stop) == UInt8(ascii: ":"), isBlank(at: stop + 1) else {
            return nil
        }
        let label = Identifier(text(position, stop), SourceRange(position, stop))
        emit(.label, upTo: stop + 1)
        skipSpaces()
        return label
    }

    private mutating func checkLabel(_ label: Identifier, _ kind: StatementKind) {
        guard !hasErrorInStatement else { return }
        if Keywords.statement(label.text) != nil {
            report(
                .label,
                "‘\(label.text)’ is a statement and cannot name a session",
                label.range,
                help: "write `\(label.text)` without the colon, or choose another name"
            )
            return
        }
        switch kind {
        case .verb, .judge, .pipeline, .binding, .remark, .measure, .snapshot, .pause, .call,
            .malformed:
            return
        default:
            report(
                .label,
                "a label cannot stand before this statement",
                label.range,
                label: "names a session for one statement",
                help: "put the label before a verb, a judgement or `pipeline`"
            )
        }
    }

    /// What a statement says; `nil` if that cannot be made out, which has been reported.
    private mutating func parseKind() -> StatementKind? {
        if openBlocks.last?.isMessage == true { return parseVerb(isHeader: true) }
        let stop = endOfName(from: position)
        guard stop > position else { return reportNoStatement() }
        let word = text(position, stop)
        let next = octet(at: stop)
        let isWhole = isBlank(at: stop) || isSeparator(at: stop)
        let isGlued = next == 0x28 || next == 0x22 || next == 0x5B || next == 0x21
        guard isWhole || isGlued, Keywords.statement(word) != nil || word == "else" else {
            return parseVerb(isHeader: false)
        }
        let start = position
        emit(.keyword, upTo: stop)
        skipSpaces()
        return parseKeyword(word, SourceRange(start, stop))
    }

    // One row per statement: longer than a function should be, but a table.
    private mutating func parseKeyword(_ word: String, _ range: SourceRange) -> StatementKind? {
        switch word {
        case "use": parseUse()
        case "profile": parseProfile()
        case "param": parseParameter()
        case "secret": parseSecret()
        case "let": parseBinding()
        case "cases": parseCases()
        case "defaults": parseDefaults()
        case "timeouts": parseTimeouts()
        case "replay": parseReplay()
        case "dialogue": parseDialogue()
        case "server": parseServer()
        case "suite": parseSuite()
        case "before", "after": parseHook(isBefore: word == "before")
        case "test": parseTest()
        case "expect", "require": parseJudge(isFatal: word == "require", keyword: range)
        case "fail": parseRemark(.fail)
        case "warn": parseRemark(.warn)
        case "skip": parseRemark(.skip)
        case "log": parseRemark(.log)
        case "measure": parseMeasure()
        case "snapshot": parseSnapshot()
        case "if": parseConditional()
        case "for": parseLoop()
        case "repeat": parseRepetition()
        case "eventually": parseEventually()
        case "step": parseStep()
        case "parallel": parseParallel()
        case "finally": .finally(parseBlock(of: "finally"))
        case "pipeline": parsePipeline()
        case "message": parseMessage()
        case "do": parseCall()
        case "pause": .pause(parseExpression())
        default: parseLoneElse(range)
        }
    }

    /// `else` where no block has just been closed: on a line of its own.
    private mutating func parseLoneElse(_ keyword: SourceRange) -> StatementKind? {
        report(
            .elseAlone,
            "‘else’ stands on a line of its own",
            keyword,
            help: "write `} else {` on the line of the closing brace"
        )
        return nil
    }

    /// Reports what is left on the statement's line.
    mutating func finishStatement() {
        skipSpaces()
        // A block that was never closed may have ended before a line that cannot be in it.
        guard !isStatementEnd(at: position), !isFirstOfLine(position) else { return }
        if isAfterBlock, byte == UInt8(ascii: "}") {
            report(
                .braceAlone,
                "‘}’ stands alone on its line",
                SourceRange(position, position + 1),
                help: "put each `}` on a line of its own"
            )
            return
        }
        if !hasErrorInStatement { reportLeftover() }
        recoverLine()
    }

    private var isAfterBlock: Bool {
        tokens.last { !$0.kind.isTrivia }?.kind == .blockEnd
    }

    private mutating func reportLeftover() {
        let range = SourceRange(position, max(position + 1, endOfRaw(from: position)))
        if isAfterBlock {
            report(
                .braceAlone,
                "‘}’ stands alone on its line",
                range,
                label: "belongs on the next line",
                help: spells("else", at: position)
                    ? "only `if` has an `else`" : "start the next statement on a new line"
            )
        } else if byte == UInt8(ascii: ";") {
            report(
                .semicolon,
                "‘;’ separates nothing in a script",
                SourceRange(position, position + 1),
                help: "a newline ends a statement"
            )
        } else {
            report(
                .leftover,
                "‘\(shown(range))’ does not belong to this statement",
                range,
                label: "expected the end of the line",
                help: leftoverHelp(text(range.start, range.end))
            )
        }
    }

    private func leftoverHelp(_ word: String) -> String? {
        if word == "{" { return "this statement has no block" }
        if word == "=>" { return "`=>` belongs behind a verb: it says what the server must answer" }
        return juxtapositionHelp(at: position)
    }

    /// Gives up the rest of the line, but keeps blocks balanced: a `{` that ends the line opens
    /// one.
    mutating func recoverLine() {
        let stop = endOfStatement(from: position)
        var brace = position
        while brace < stop, !isBlockBrace(at: brace) { brace += 1 }
        var last = brace
        while last > position, isSpace(at: last - 1) { last -= 1 }
        emit(.unexpected, upTo: last)
        guard brace < stop else { return }
        skipSpaces()
        _ = parseBlock(of: "")
    }

    private func endOfStatement(from offset: Int) -> Int {
        var offset = offset
        while offset < end, !isLineEnd(at: offset), !isSeparator(at: offset) { offset += 1 }
        return offset
    }

    /// The text of a range as a message shows it.
    func shown(_ range: SourceRange) -> String {
        DisplayText.safe(text(range.start, range.end), limit: 40)
    }
}

extension TokenKind {
    /// White space, newlines and comments.
    public var isTrivia: Bool { self == .space || self == .newline || self == .comment }
}
