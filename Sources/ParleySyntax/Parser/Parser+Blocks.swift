import ParleyDiagnostics

extension Parser {
    /// The block that ends a statement's line.
    mutating func parseBlock(
        of statement: String,
        holdsTests: Bool = false,
        isMessage: Bool = false
    ) -> Block {
        let (range, statements) = parseBlock(
            of: statement,
            holdsTests: holdsTests,
            isMessage: isMessage
        ) { $0.parseStatement() }
        return Block(range: range, statements: statements)
    }

    /// A block whose lines `item` reads.
    mutating func parseBlock<Item>(
        of statement: String,
        holdsTests: Bool = false,
        isMessage: Bool = false,
        item: (inout Parser) -> Item?
    ) -> (range: SourceRange, items: [Item]) {
        let header = startOfStatementLine()
        guard let brace = takeBlockStart(of: statement, header: header) else {
            return (gap, [])
        }
        guard openBlocks.count < Self.maximumDepth else { return (skipDeepBlock(brace), []) }
        openBlocks.append(
            OpenBlock(
                brace: brace,
                indentation: indentation(of: brace.start),
                holdsTests: holdsTests,
                isMessage: isMessage
            )
        )
        var items: [Item] = []
        var isClosed = false
        while advanceToStatement() {
            if byte == UInt8(ascii: "}") {
                isClosed = true
                break
            }
            if isBeyondBlock() { break }
            if let parsed = item(&self) { items.append(parsed) }
        }
        let block = openBlocks.removeLast()
        if isClosed { closeBlock(block) } else { reportUnclosed(block) }
        errorsBefore = damage.count
        return (SourceRange(brace.start, max(brace.end, lastEnd)), items)
    }

    private mutating func closeBlock(_ block: OpenBlock) {
        let closing = SourceRange(position, position + 1)
        if suspect == nil, isFirstOfLine(position),
            indentation(of: position) != block.indentation
        {
            suspect = (block.brace, closing)
        }
        emit(.blockEnd, upTo: position + 1)
        skipSpaces()
    }

    /// `{`, or what can be made of its absence.
    private mutating func takeBlockStart(of statement: String, header: Int) -> SourceRange? {
        skipSpaces()
        if byte != UInt8(ascii: "{"), !isStatementEnd(at: position) {
            if !hasErrorInStatement { reportBeforeBlock(statement) }
            skipToBlockBrace()
        }
        if byte == UInt8(ascii: "{") {
            let brace = SourceRange(position, position + 1)
            emit(.blockStart, upTo: position + 1)
            skipSpaces()
            if !isStatementEnd(at: position) { takeOneLineBlock() }
            return brace
        }
        return takeMissingBrace(of: statement, header: header)
    }

    private mutating func reportBeforeBlock(_ statement: String) {
        let range = SourceRange(position, max(position + 1, endOfRaw(from: position)))
        report(
            .leftover,
            "‘\(shown(range))’ does not belong here",
            range,
            label: "expected ‘{’",
            help: text(range.start, range.end) == "times"
                ? "leave ‘times’ out" : "‘\(statement)’ ends its line with ` {`"
        )
    }

    /// Gives up what stands before the `{` that ends the line.
    private mutating func skipToBlockBrace() {
        var offset = position
        while offset < end, !isLineEnd(at: offset), !isSeparator(at: offset) {
            if isBlockBrace(at: offset) { break }
            offset += 1
        }
        var last = offset
        while last > position, isSpace(at: last - 1) { last -= 1 }
        emit(.unexpected, upTo: last)
        skipSpaces()
    }

    /// Text behind `{` on its line: reported; a `}` at the end of the line closes the block.
    private mutating func takeOneLineBlock() {
        let stop = endOfLine(from: position)
        var last = stop
        while last > position, isSpace(at: last - 1) { last -= 1 }
        let closes = bytes[last - 1] == UInt8(ascii: "}")
        let isEmpty = closes && last - 1 == position
        report(
            .oneLineBlock,
            isEmpty ? "a block on one line" : "a statement on the line of its block",
            SourceRange(position, last),
            label: isEmpty ? "belongs on the next line" : "starts on the next line",
            help: "`{` ends its line, and `}` stands alone on its own"
        )
        emit(.unexpected, upTo: closes ? last - 1 : last)
    }

    /// No `{` on the line: it may stand on the next one, or be forgotten before an indented body.
    private mutating func takeMissingBrace(of statement: String, header: Int) -> SourceRange? {
        let here = SourceRange(max(0, lastEnd - 1), lastEnd)
        var next = endOfLine(from: position)
        while next < end, isLineEnd(at: next) {
            next += octet(at: next) == 0x0D ? 2 : 1
            let first = endOfSpaces(from: next)
            if !isStatementEnd(at: first) {
                next = first
                break
            }
            next = endOfLine(from: first)
        }
        if octet(at: next) == UInt8(ascii: "{"), isBlockBrace(at: next) {
            report(
                .braceOnOwnLine,
                "‘{’ stands on a line of its own",
                SourceRange(next, next + 1),
                secondary: [(here, "belongs here")],
                help: "write `{` at the end of the line before"
            )
            _ = advanceToStatement()
            emit(.blockStart, upTo: position + 1)
            return SourceRange(next, next + 1)
        }
        if !hasErrorInStatement {
            report(
                .missingBrace,
                "‘\(statement)’ needs a block",
                here,
                label: "expected ‘{’ at the end of this line",
                help: "end the line with ` {`, and close the block with `}` on a line of its own"
            )
        }
        let isBodyIndented = next < end && indentation(of: next) > indentation(of: header)
        return isBodyIndented ? here : nil
    }

    /// Whether a line can only be outside the open blocks: a test within a test, not indented.
    private func isBeyondBlock() -> Bool {
        guard let block = openBlocks.last, !block.isMessage, !block.holdsTests else { return false }
        let stop = endOfName(from: position)
        guard stop > position, isBlank(at: stop), !separatesAtSemicolons else { return false }
        let word = text(position, stop)
        guard Keywords.statement(word)?.level == .file,
            octet(at: endOfSpaces(from: stop)) != UInt8(ascii: "=")
        else { return false }
        return isFirstOfLine(position) && indentation(of: position) <= block.indentation
    }

    private mutating func reportUnclosed(_ block: OpenBlock) {
        // What has no `{` has been told to have both.
        guard octet(at: block.brace.start) == UInt8(ascii: "{") else { return }
        var secondary: [(SourceRange, String)] = []
        if let suspect, suspect.opening.start > block.brace.start {
            secondary = [
                (suspect.opening, "this block"),
                (suspect.closing, "is closed here, at another indentation"),
            ]
        }
        report(
            .unclosedBlock,
            "this block is never closed",
            block.brace,
            label: "has no ‘}’",
            secondary: secondary,
            help: "close it with `}` on a line of its own"
        )
        suspect = nil
    }

    mutating func reportStrayBrace() {
        report(
            .strayBrace,
            "‘}’ closes no block",
            SourceRange(position, position + 1),
            secondary: suspect.map { [($0.closing, "closed a block at another indentation")] }
                ?? [],
            help: "remove it, or look for a `{` that is missing above"
        )
        errorsBefore = damage.count - 1
        emit(.unexpected, upTo: position + 1)
        skipSpaces()
        if !isStatementEnd(at: position), byte != UInt8(ascii: "}") { recoverLine() }
    }

    /// A block that is nested too deep is skipped without recursion.
    private mutating func skipDeepBlock(_ brace: SourceRange) -> SourceRange {
        report(
            .tooDeep,
            "blocks are nested deeper than \(Self.maximumDepth)",
            brace,
            help: "move the inner blocks into a `dialogue`"
        )
        var depth = 1
        while advanceToStatement() {
            let stop = endOfLine(from: position)
            if byte == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { break }
            }
            var last = stop
            while last > position, isSpace(at: last - 1) { last -= 1 }
            if isBlockBrace(at: last - 1) { depth += 1 }
            emit(.unexpected, upTo: last)
        }
        if !isAtEnd { emit(.blockEnd, upTo: position + 1) }
        errorsBefore = damage.count
        return SourceRange(brace.start, position)
    }

    // MARK: - Lines

    private func startOfLine(_ offset: Int) -> Int {
        var offset = min(offset, end)
        while offset > start, bytes[offset - 1] != 0x0A { offset -= 1 }
        return offset
    }

    private func startOfStatementLine() -> Int { startOfLine(position) }

    /// The octets of white space at the beginning of the line of `offset`.
    func indentation(of offset: Int) -> Int {
        let start = startOfLine(offset)
        return endOfSpaces(from: start) - start
    }

    func isFirstOfLine(_ offset: Int) -> Bool {
        endOfSpaces(from: startOfLine(offset)) == offset
    }
}
