import ParleyDiagnostics

extension Parser {
    /// The string at the position: `"…"` or a `"""` block.
    mutating func parseString() -> [WordPart] {
        if spells("\"\"\"", at: position), isBlank(at: endOfSpaces(from: position + 3)) {
            return parseTextBlock()
        }
        let start = position
        var reader = StringReader(tokenKind: .string, offset: position + 1)
        while true {
            if isLineEnd(at: reader.offset) {
                reader.flush(&self)
                emit(.string, upTo: reader.offset)
                report(
                    .unclosedString,
                    "this string is never closed",
                    SourceRange(start, start + 1),
                    label: "has no closing `\"` on its line",
                    help: "close it with `\"`; a line break in a string is `\\n`, or use `\"\"\"`"
                )
                return reader.parts
            }
            if bytes[reader.offset] == UInt8(ascii: "\"") {
                reader.flush(&self)
                emit(.string, upTo: reader.offset + 1)
                return reader.parts
            }
            readStringUnit(&reader)
        }
    }

    /// What reading a string has gathered.
    struct StringReader {
        let tokenKind: TokenKind
        var offset: Int
        var parts: [WordPart] = []
        var piece: [UInt8] = []
        var pieceStart: Int

        init(tokenKind: TokenKind, offset: Int) {
            self.tokenKind = tokenKind
            self.offset = offset
            pieceStart = offset
        }

        mutating func flush(_ parser: inout Parser) {
            if !piece.isEmpty {
                parts.append(parser.part(piece, SourceRange(pieceStart, offset)))
                piece = []
            }
            pieceStart = offset
        }
    }

    /// One character, escape or insertion of a string.
    private mutating func readStringUnit(_ reader: inout StringReader) {
        let byte = bytes[reader.offset]
        if byte == UInt8(ascii: "\\") {
            readEscape(&reader)
        } else if spells("$${", at: reader.offset) {
            reader.piece += [0x24, 0x7B]
            reader.offset += 3
        } else if spells("${", at: reader.offset) {
            readInsertion(&reader)
        } else {
            reader.piece.append(byte)
            reader.offset += 1
        }
    }

    mutating func readInsertion(_ reader: inout StringReader) {
        reader.flush(&self)
        emit(reader.tokenKind, upTo: reader.offset)
        reader.parts.append(parseInsertion())
        reader.offset = position
        reader.pieceStart = position
    }

    // MARK: - Escapes

    private mutating func readEscape(_ reader: inout StringReader) {
        let start = reader.offset
        let letter = octet(at: start + 1)
        if let value = Self.simpleEscapes[letter] {
            reader.piece.append(value)
            reader.offset += 2
        } else if letter == UInt8(ascii: "x") {
            readOctetEscape(&reader)
        } else if spells("u{", at: start + 1) {
            readScalarEscape(&reader)
        } else {
            var stop = start + 1
            if !isLineEnd(at: stop) {
                stop += 1
                while octet(at: stop) & 0xC0 == 0x80 { stop += 1 }
            }
            let range = SourceRange(start, stop)
            report(
                .unknownEscape,
                "‘\(shown(range))’ is not an escape",
                range,
                notes: ["escapes are \\r \\n \\t \\\\ \\\" \\0 \\e \\xHH \\u{…}, and $${ for ${"],
                help: "write `\\\\` for a backslash"
            )
            reader.piece += bytes[start..<stop]
            reader.offset = stop
        }
    }

    private static let simpleEscapes: [UInt8: UInt8] = [
        UInt8(ascii: "r"): 0x0D, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "t"): 0x09,
        UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "\""): 0x22, UInt8(ascii: "0"): 0x00,
        UInt8(ascii: "e"): 0x1B,
    ]

    private mutating func readOctetEscape(_ reader: inout StringReader) {
        let start = reader.offset
        if let high = hexadecimal(octet(at: start + 2)), let low = hexadecimal(octet(at: start + 3))
        {
            reader.piece.append(UInt8(high << 4 | low))
            reader.offset += 4
            return
        }
        report(
            .unknownEscape,
            "‘\\x’ wants two hexadecimal digits",
            SourceRange(start, start + 2),
            help: "write `\\x1b`"
        )
        reader.offset += 2
    }

    private mutating func readScalarEscape(_ reader: inout StringReader) {
        let start = reader.offset
        var offset = start + 3
        var value: UInt32 = 0
        while let digit = hexadecimal(octet(at: offset)), offset < start + 9 {
            value = value << 4 | digit
            offset += 1
        }
        let isClosed = octet(at: offset) == UInt8(ascii: "}")
        if isClosed, offset > start + 3, let scalar = Unicode.Scalar(value) {
            reader.piece += Array(String(Character(scalar)).utf8)
        } else {
            report(
                .unknownEscape,
                "‘\\u{…}’ wants the number of a Unicode character",
                SourceRange(start, isClosed ? offset + 1 : offset),
                help: "write one to six hexadecimal digits: `\\u{e9}`"
            )
        }
        reader.offset = isClosed ? offset + 1 : offset
    }

    private func hexadecimal(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte - 0x30)
        case 0x41...0x46: UInt32(byte - 0x37)
        case 0x61...0x66: UInt32(byte - 0x57)
        default: nil
        }
    }

    // MARK: - Blocks of text

    /// `"""`, lines, `"""`: the indentation of the closing quotes is removed from every line.
    private mutating func parseTextBlock() -> [WordPart] {
        let start = position
        guard let closing = closingLine() else { return takeUnclosedText() }
        let first = nextLine(start)
        var reader = StringReader(tokenKind: .string, offset: first)
        let indent = Array(bytes[closing.start..<closing.quotes])
        var line = first
        while line < closing.start {
            reader.offset = line
            if line > first { reader.piece.append(0x0A) }
            skipIndentation(indent, &reader)
            while !isLineEnd(at: reader.offset) { readStringUnit(&reader) }
            line = nextLine(reader.offset)
        }
        reader.flush(&self)
        emit(.string, upTo: closing.quotes + 3)
        return reader.parts
    }

    private mutating func skipIndentation(_ indent: [UInt8], _ reader: inout StringReader) {
        let line = reader.offset
        if bytes[line..<end].starts(with: indent) {
            reader.offset += indent.count
        } else {
            reader.offset = endOfSpaces(from: line)
            if !isLineEnd(at: reader.offset) {
                report(
                    .textIndentation,
                    "this line is indented less than the closing `\"\"\"`",
                    SourceRange(line, reader.offset + 1),
                    help: "indent it like the closing quotes, with the same spaces or tabs"
                )
            }
        }
        if reader.piece.isEmpty { reader.pieceStart = reader.offset }
    }

    private func nextLine(_ offset: Int) -> Int {
        let stop = endOfLine(from: offset)
        return min(end, stop + (octet(at: stop) == 0x0D ? 2 : 1))
    }

    /// The line that holds nothing but spaces before its `"""`.
    private func closingLine() -> (start: Int, quotes: Int)? {
        var line = nextLine(position)
        while line < end {
            let first = endOfSpaces(from: line)
            if spells("\"\"\"", at: first) { return (line, first) }
            line = nextLine(first)
        }
        return nil
    }

    /// Text without its closing quotes: what is indented deeper than the statement belongs to it.
    private mutating func takeUnclosedText() -> [WordPart] {
        let start = position
        let margin = indentation(of: position)
        report(
            .unclosedString,
            "this text is never closed",
            SourceRange(start, start + 3),
            label: "has no closing `\"\"\"`",
            help: "close it with `\"\"\"` on a line of its own"
        )
        var stop = endOfLine(from: position)
        var line = nextLine(position)
        while line < end {
            let first = endOfSpaces(from: line)
            if !isLineEnd(at: first) {
                guard first - line > margin else { break }
                stop = endOfLine(from: first)
            }
            line = nextLine(first)
        }
        emit(.string, upTo: stop)
        return []
    }
}
