import ParleyDiagnostics

extension Parser {
    /// The pattern that must stand behind `word`: `/…/`, `/…/i`.
    mutating func parsePattern(after word: String) -> RegexLiteral? {
        skipTrivia()
        if byte == UInt8(ascii: "/") { return parseRegex() }
        let help = "write a pattern between slashes: `\(word) /text/`"
        guard byte == UInt8(ascii: "\"") else {
            let bare = SourceRange(position, endOfRaw(from: position))
            guard bare.end > bare.start, isNameStart(byte), !hasErrorInStatement else {
                reportMissing("a pattern", after: word, help: help)
                return nil
            }
            let quoted = word == "matching" ? "matching \"\(shown(bare))\"" : "contains \"…\""
            report(
                .patternExpected,
                "‘\(word)’ wants a pattern, not a word",
                bare,
                help: "write `\(word) /\(shown(bare))/`"
                    + (["matching", "matches"].contains(word) ? ", or `\(quoted)`" : "")
            )
            emit(.unexpected, upTo: bare.end)
            return nil
        }
        let start = position
        _ = parseString()
        report(
            .patternExpected,
            "‘\(word)’ wants a pattern, not a string",
            SourceRange(start, position),
            help: help + (word == "matches" ? ", or use `contains`" : "")
        )
        return nil
    }

    /// `/…/` and its flag.
    mutating func parseRegex() -> RegexLiteral {
        let start = position
        var reader = StringReader(tokenKind: .regex, offset: position + 1)
        while true {
            if isLineEnd(at: reader.offset) {
                return takeUnclosedRegex(start, &reader)
            }
            let byte = bytes[reader.offset]
            if byte == UInt8(ascii: "/") { break }
            if byte == UInt8(ascii: "\\"), !isLineEnd(at: reader.offset + 1) {
                if octet(at: reader.offset + 1) != UInt8(ascii: "/") { reader.piece.append(byte) }
                reader.piece.append(bytes[reader.offset + 1])
                reader.offset += 2
            } else if spells("$${", at: reader.offset) {
                reader.piece += Array(#"\$\{"#.utf8)
                reader.offset += 3
            } else if spells("${", at: reader.offset) {
                readInsertion(&reader)
            } else {
                reader.piece.append(byte)
                reader.offset += 1
            }
        }
        reader.flush(&self)
        var stop = reader.offset + 1
        while isNameByte(octet(at: stop)) { stop += 1 }
        let flags = text(reader.offset + 1, stop)
        if !flags.isEmpty, flags != "i" {
            report(
                .unknownFlag,
                "‘\(flags)’ is not a flag of a pattern",
                SourceRange(reader.offset + 1, stop),
                help: "the only flag is `i`: case does not matter"
            )
        }
        emit(.regex, upTo: stop)
        return RegexLiteral(
            range: SourceRange(start, stop),
            parts: reader.parts,
            isCaseInsensitive: flags == "i"
        )
    }

    private mutating func takeUnclosedRegex(
        _ start: Int,
        _ reader: inout StringReader
    ) -> RegexLiteral {
        reader.flush(&self)
        emit(.regex, upTo: reader.offset)
        report(
            .unclosedPattern,
            "this pattern is never closed",
            SourceRange(start, start + 1),
            label: "has no closing `/` on its line",
            help: "close it with `/`; a slash within a pattern is `\\/`"
        )
        return RegexLiteral(
            range: SourceRange(start, position),
            parts: reader.parts,
            isCaseInsensitive: false
        )
    }

    /// A string as a pattern that finds exactly its text: `matching "…"`.
    mutating func parseLiteralPattern() -> RegexLiteral {
        let start = position
        let parts = parseString().map { part -> WordPart in
            guard case .text(let text, let range) = part else { return part }
            var quoted = ""
            for scalar in text.unicodeScalars {
                let isPlain = scalar.value >= 0x80 || isNameByte(UInt8(scalar.value))
                if !isPlain { quoted += "\\" }
                quoted.unicodeScalars.append(scalar)
            }
            return .text(quoted, range)
        }
        return RegexLiteral(
            range: SourceRange(start, position),
            parts: parts,
            isCaseInsensitive: false
        )
    }
}
