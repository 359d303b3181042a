import ParleyDiagnostics

extension Parser {
    /// One word of an alternative: a code, an enhanced code, a keyword or `matching`.
    mutating func parseAlternativeWord(_ current: inout Alternative?) {
        let start = position
        let stop = endOfRaw(from: position)
        let range = SourceRange(start, stop)
        if byte == UInt8(ascii: "\"") { return reportBareText() }
        if byte == UInt8(ascii: "/") { return reportBarePattern() }
        var alternative = current ?? Alternative(range: range)
        let word = text(start, stop)
        if takeWord("matching") {
            if alternative.pattern != nil { reportTwiceInAlternative("matching", range) }
            alternative.pattern = parseMatching()
        } else if let code = CodePattern(word) {
            if alternative.code != nil || alternative.keyword != nil { reportMissingOr(range) }
            alternative.code = code
            emit(.number, upTo: stop)
        } else if let enhanced = EnhancedPattern(word) {
            if alternative.enhanced != nil { reportMissingOr(range) }
            checkClass(alternative.code, enhanced, range)
            alternative.enhanced = enhanced
            emit(.number, upTo: stop)
        } else if let name = responseCode(word) {
            if alternative.responseCode != nil { reportTwiceInAlternative(word, range) }
            alternative.responseCode = Identifier(name, range)
            emit(.keyword, upTo: stop)
        } else if word == "+" || isReplyWord(range) {
            let isBehindCode = alternative.code != nil || alternative.enhanced != nil
            if reportForeignWord(word, range, behindCode: isBehindCode) {
                alternative.range.end = position
                current = alternative
                return
            }
            if alternative.code != nil || alternative.keyword != nil { reportMissingOr(range) }
            alternative.keyword = Identifier(word, range)
            emit(.keyword, upTo: stop)
        } else {
            reportAlternative(word, range)
            emit(.unexpected, upTo: stop)
        }
        alternative.range.end = position
        current = alternative
    }

    private mutating func parseMatching() -> RegexLiteral? {
        skipSpaces()
        let literal: RegexLiteral?
        if byte == UInt8(ascii: "\"") {
            literal = parseLiteralPattern()
        } else {
            literal = parsePattern(after: "matching")
        }
        if literal != nil, !isBlank(at: position), !isSeparator(at: position), !hasErrorInStatement
        {
            let range = SourceRange(position, endOfRaw(from: position))
            report(
                .gluedString,
                "‘\(shown(range))’ is glued to a pattern",
                range,
                help: "put a space between them; a slash within a pattern is `\\/`"
            )
            emit(.unexpected, upTo: range.end)
        }
        return literal
    }

    /// `any`, `closed`, `OK`, `+OK`, `-ERR`: letters and hyphens, perhaps behind a sign.
    private func isReplyWord(_ range: SourceRange) -> Bool {
        var start = range.start
        if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { start += 1 }
        return start < range.end && endOfName(from: start) == range.end
    }

    /// `[NONEXISTENT]`: the response code in brackets.
    private func responseCode(_ word: String) -> String? {
        guard word.utf8.count > 2, word.utf8.first == UInt8(ascii: "["),
            word.utf8.last == UInt8(ascii: "]")
        else { return nil }
        let name = word.dropFirst().dropLast()
        return name.contains("[") || name.contains("]") ? nil : String(name)
    }

    private mutating func checkClass(
        _ code: CodePattern?,
        _ enhanced: EnhancedPattern,
        _ range: SourceRange
    ) {
        guard let code, code.lowest / 100 != enhanced.statusClass else { return }
        report(
            .enhancedCode,
            "‘\(enhanced)’ cannot come with ‘\(code)’",
            range,
            label: "its first digit differs from the code's",
            help: "the class of an enhanced code equals the first digit of the code (RFC 2034)"
        )
    }

    // MARK: - Slips

    private mutating func reportMissingOr(_ range: SourceRange) {
        guard !hasErrorInStatement else { return }
        report(
            .missingOr,
            "‘or’ is missing before ‘\(shown(range))’",
            range,
            help: "join alternatives with `or`: `=> 250 or 251`"
        )
    }

    private mutating func reportTwiceInAlternative(_ word: String, _ range: SourceRange) {
        report(.twice, "‘\(word)’ stands here twice", range, help: "join alternatives with `or`")
    }

    private mutating func reportBareText() {
        let start = position
        let errors = damage.count
        _ = parseString()
        if damage.count == errors {
            let range = SourceRange(start, position)
            report(
                .bareText,
                "a text alone judges nothing",
                range,
                help: "write `matching`: `=> 250 matching \(shown(range))`",
                fix: (SourceRange(start, start), "matching ")
            )
        }
        emit(.unexpected, upTo: endOfRaw(from: position))
    }

    private mutating func reportBarePattern() {
        let pattern = parseRegex()
        report(
            .bareText,
            "a pattern alone judges nothing",
            pattern.range,
            help: "write `matching`: `=> 250 matching \(shown(pattern.range))`",
            fix: (SourceRange(pattern.range.start, pattern.range.start), "matching ")
        )
        emit(.unexpected, upTo: endOfRaw(from: position))
    }

    private mutating func reportAlternative(_ word: String, _ range: SourceRange) {
        guard !hasErrorInStatement else { return }
        let shown = shown(range)
        var help = "codes are `250`, `25x` and `2xx`; words are `any`, `closed`, `timeout`"
        if word.utf8.contains(UInt8(ascii: ",")) || word.utf8.contains(UInt8(ascii: "|")) {
            help = "join alternatives with `or`: `=> 250 or 251`"
        } else if let codes = codeHelp(word) {
            help = codes
        } else if word.utf8.contains(UInt8(ascii: "$")) {
            help =
                "a code is written out; to judge by a value, write `=> any as answer` and `expect`"
        } else if CodePattern(word.asciiLowercase) != nil {
            help = "write `\(word.asciiLowercase)`"
        } else if word.utf8.allSatisfy({ isDigit($0) }) {
            help = "a reply code has three digits, from 100 to 599"
        } else if word.utf8.last == UInt8(ascii: ";") {
            help = "a newline ends a statement; remove the `;`"
        }
        report(.alternative, "‘\(shown)’ is no answer of a server", range, help: help)
    }
}
