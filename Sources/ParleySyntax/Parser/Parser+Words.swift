import ParleyDiagnostics

extension Parser {
    /// Whether no further word stands on the line.
    var isAtEndOfWords: Bool { isStatementEnd(at: position) || isBlockBrace(at: position) }

    /// The word at the position; `nil` at the end of the line and before a block.
    mutating func parseWord() -> Word? {
        skipSpaces()
        guard !isAtEndOfWords else { return nil }
        if byte == UInt8(ascii: "\"") { return parseQuotedWord() }
        return parseBareWord(from: position, parts: [])
    }

    /// A word without quotes: it ends at white space only.
    private mutating func parseBareWord(from start: Int, parts before: [WordPart]) -> Word {
        var parts = before
        checkSmartQuote()
        var piece: [UInt8] = []
        var pieceStart = position
        var offset = position
        func isEnd(_ offset: Int) -> Bool {
            if isBlank(at: offset) || offset >= end || isSeparator(at: offset) { return true }
            return stopsAtComma && octet(at: offset) == UInt8(ascii: ",") && isBlank(at: offset + 1)
        }
        func flush(_ parser: Parser) {
            guard !piece.isEmpty else { return }
            parts.append(parser.part(piece, SourceRange(pieceStart, offset)))
            piece = []
        }
        while !isEnd(offset) {
            if spells("$${", at: offset) {
                piece += [0x24, 0x7B]
                offset += 3
            } else if spells("${", at: offset) {
                flush(self)
                emit(.word, upTo: offset)
                parts.append(parseInsertion())
                offset = position
                pieceStart = offset
            } else {
                if bytes[offset] == 0xC2, octet(at: offset + 1) == 0xA0 { reportHardSpace(offset) }
                piece.append(bytes[offset])
                offset += 1
            }
        }
        flush(self)
        emit(.word, upTo: offset)
        return Word(range: SourceRange(start, lastEnd), parts: parts, isQuoted: false)
    }

    /// `"…"`, `"""` and `"q s"@b`, whose quotes belong to the word.
    private mutating func parseQuotedWord() -> Word {
        let start = position
        if let stop = endOfQuotedLocalPart() { return parseQuotedPath(start, closing: stop) }
        let parts = parseString()
        let word = Word(range: SourceRange(start, position), parts: parts, isQuoted: true)
        let isFollowedByComma = stopsAtComma && byte == UInt8(ascii: ",")
        if !isBlank(at: position), !isSeparator(at: position), !isFollowedByComma,
            !hasErrorInStatement
        {
            let stop = endOfRaw(from: position)
            let range = SourceRange(position, stop)
            report(
                .gluedString,
                "‘\(shown(range))’ is glued to a quoted word",
                range,
                secondary: [(word.range, "ends at its closing quote")],
                help: "put a space between them, or put all of it into the quotes"
            )
            emit(.unexpected, upTo: stop)
        }
        return word
    }

    /// The offset of the closing quote, if `@` follows it: a quoted local part.
    private func endOfQuotedLocalPart() -> Int? {
        var offset = position + 1
        while !isLineEnd(at: offset) {
            if bytes[offset] == UInt8(ascii: "\\") {
                offset += 1
                if isLineEnd(at: offset) { return nil }
            } else if bytes[offset] == UInt8(ascii: "\"") {
                return octet(at: offset + 1) == UInt8(ascii: "@") ? offset : nil
            }
            offset += 1
        }
        return nil
    }

    private mutating func parseQuotedPath(_ start: Int, closing: Int) -> Word {
        var parts: [WordPart] = []
        var pieceStart = position
        var offset = position
        while offset <= closing {
            if offset < closing, spells("${", at: offset), octet(at: offset - 1) != 0x24 {
                if offset > pieceStart {
                    parts.append(
                        .text(text(pieceStart, offset), SourceRange(pieceStart, offset))
                    )
                }
                emit(.word, upTo: offset)
                parts.append(parseInsertion())
                offset = max(position, offset + 1)
                pieceStart = position
            } else {
                offset += 1
            }
        }
        if position <= closing {
            let range = SourceRange(pieceStart, closing + 1)
            parts.append(.text(text(range.start, range.end), range))
            emit(.word, upTo: closing + 1)
        }
        return parseBareWord(from: start, parts: parts)
    }

    /// Octets as text, or as they are if they are not UTF-8.
    func part(_ octets: [UInt8], _ range: SourceRange) -> WordPart {
        if octets.allSatisfy({ $0 < 0x80 }) {
            return .text(String(decoding: octets, as: UTF8.self), range)
        }
        guard let text = String(validating: octets, as: UTF8.self) else {
            return .octets(octets, range)
        }
        return .text(text, range)
    }

    /// Reports a typographic quote at the position.
    mutating func checkSmartQuote() {
        let quotes: [(StaticString, Character)] = [
            ("“", "\""), ("”", "\""), ("„", "\""), ("«", "\""), ("»", "\""), ("‘", "'"), ("’", "'"),
        ]
        guard byte >= 0x80, let quote = quotes.first(where: { spells($0.0, at: position) }) else {
            return
        }
        let range = SourceRange(position, position + quote.0.utf8CodeUnitCount)
        report(
            .smartQuote,
            "a typographic quote opens no string",
            range,
            help: "write `\"`; to send this character, put the whole word into quotes",
            fix: (range, "\"")
        )
    }

    private mutating func reportHardSpace(_ offset: Int) {
        report(
            .hardSpace,
            "a no-break space does not separate words",
            SourceRange(offset, offset + 2),
            help: "write a plain space; to send this character, put the word into quotes",
            fix: (SourceRange(offset, offset + 2), " ")
        )
    }

    // MARK: - Insertions

    /// `${…}`: an expression on one line.
    mutating func parseInsertion() -> WordPart {
        let start = position
        emit(.insertionStart, upTo: position + 2)
        let outer = (ignoresNewlines, isInInsertion)
        (ignoresNewlines, isInInsertion) = (false, true)
        defer { (ignoresNewlines, isInInsertion) = outer }
        let errors = damage.count
        let expression: Expression
        skipSpaces()
        if byte == UInt8(ascii: "}") {
            let range = SourceRange(start, position + 1)
            report(
                .emptyInsertion,
                "nothing is inserted here",
                range,
                help: "write a name: `${host}`"
            )
            expression = Expression(range: gap, kind: .missing)
        } else {
            expression = parseExpression()
            skipSpaces()
        }
        if byte != UInt8(ascii: "}") { recoverInsertion(start, wasReported: damage.count > errors) }
        if byte == UInt8(ascii: "}"), !isAtEnd { emit(.insertionEnd, upTo: position + 1) }
        return .insertion(expression, SourceRange(start, lastEnd))
    }

    /// Skips to the `}` of the insertion, if the line has one.
    private mutating func recoverInsertion(_ start: Int, wasReported: Bool) {
        var offset = position
        while !isLineEnd(at: offset), bytes[offset] != UInt8(ascii: "}") { offset += 1 }
        let isClosed = !isLineEnd(at: offset)
        if !wasReported {
            if isClosed {
                report(
                    .leftover,
                    "‘\(shown(SourceRange(position, offset)))’ does not belong here",
                    SourceRange(position, offset),
                    label: "expected ‘}’"
                )
            } else {
                report(
                    .unclosedInsertion,
                    "this insertion is never closed",
                    SourceRange(start, start + 2),
                    label: "has no ‘}’ on its line",
                    help: "write `${name}`; a literal `${` is written `$${`"
                )
            }
        }
        if isClosed { emit(.unexpected, upTo: offset) }
    }

    // MARK: - Named words

    /// `NAME = WORD`, a line of `profile` and `defaults`.
    mutating func parseNamedWordLine() -> NamedWord? {
        errorsBefore = damage.count
        let word = parseNamedWord()
        if word == nil { recoverLine() }
        finishNamedWordLine()
        return word
    }

    private mutating func finishNamedWordLine() {
        skipSpaces()
        if !isStatementEnd(at: position), !hasErrorInStatement {
            reportSecondWord()
            recoverLine()
        } else {
            finishStatement()
        }
    }

    /// Reports a second word where one value is expected.
    mutating func reportSecondWord() {
        let range = SourceRange(position, endOfRaw(from: position))
        report(
            .secondWord,
            "‘\(shown(range))’ is a second word, and a value is one word",
            range,
            help: "put the value into quotes: `\"two words\"`"
        )
    }

    /// `NAME = WORD`
    mutating func parseNamedWord() -> NamedWord? {
        guard let name = parseName("a name"), parseEquals(after: name) else { return nil }
        guard let value = parseWord() else {
            reportMissing("a value", after: name.text + " =")
            return nil
        }
        return NamedWord(name: name, value: value)
    }

    /// `=` behind a name.
    mutating func parseEquals(after name: Identifier, in statement: String = "") -> Bool {
        skipSpaces()
        if byte == UInt8(ascii: "=") {
            let isDouble = octet(at: position + 1) == UInt8(ascii: "=")
            if isDouble {
                report(
                    .equals,
                    "‘==’ compares, ‘=’ gives a value",
                    SourceRange(position, position + 2),
                    fix: (SourceRange(position, position + 2), "=")
                )
            }
            emit(.punctuation, upTo: position + (isDouble ? 2 : 1))
            skipSpaces()
            return true
        }
        let range = SourceRange(position, isStatementEnd(at: position) ? position : position + 1)
        report(
            .missingEquals,
            "‘=’ is missing behind ‘\(name.text)’",
            range,
            label: "expected ‘=’",
            help: equalsHelp(statement, name.text)
        )
        return false
    }

    /// A name; `what` says which one for the message.
    mutating func parseName(
        _ what: String,
        kind: TokenKind = .name,
        form: String? = nil
    ) -> Identifier? {
        skipSpaces()
        guard let name = takeName(kind) else {
            let stop = max(position, endOfRaw(from: position))
            let range = SourceRange(position, stop)
            report(
                .missingName,
                stop > position ? "‘\(shown(range))’ is not a name" : "\(what) is missing",
                range,
                label: "expected \(what)",
                help: form.map { "the form is `\($0)`" }
                    ?? "a name begins with a letter and holds letters, digits, `_` and `-`"
            )
            return nil
        }
        checkReserved(name)
        return name
    }

    /// Reports a name that is an operator or a constant.
    mutating func checkReserved(_ name: Identifier) {
        guard Keywords.isReserved(name.text) else { return }
        report(
            .reservedName,
            "‘\(name.text)’ is part of expressions and cannot be a name",
            name.range,
            help: "choose another name: `the-\(name.text)`"
        )
    }

    /// Reports that something should stand at the position.
    mutating func reportMissing(_ what: String, after before: String, help: String? = nil) {
        guard !hasErrorInStatement else { return }
        report(
            .missingPart,
            "\(what) is missing after ‘\(before)’",
            SourceRange(max(0, min(position, end) - 1), position),
            label: "expected \(what)",
            help: help
        )
    }
}
