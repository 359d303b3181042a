import ParleyDiagnostics

extension Parser {
    /// A verb with its words and its tail.
    ///
    /// - Parameter isHeader: whether it is a line of a `message` block, which has no tail.
    mutating func parseVerb(isHeader: Bool) -> StatementKind? {
        let stop = endOfName(from: position)
        guard stop > position, isBlank(at: stop) || isSeparator(at: stop) else {
            return reportBadVerb(stop)
        }
        let verb = Identifier(text(position, stop), SourceRange(position, stop))
        emit(.verb, upTo: stop)
        var words: [Word] = []
        var indices: [Int] = []
        var pattern: RegexLiteral?
        while true {
            skipSpaces()
            if !isHeader, isAtWord("=>") { break }
            let index = tokens.count
            guard let word = parseWord() else { break }
            words.append(word)
            indices.append(index)
            if !isHeader, isBare(word, "until"), pattern == nil {
                pattern = parseUntilPattern(index)
                if pattern != nil, words.count > 0 { tokens[index].kind = .keyword }
            }
        }
        if isHeader {
            checkNoBlock(verb)
            return .verb(VerbStatement(verb: verb, words: words, tail: Tail()))
        }
        checkAssignment(verb, words)
        var tail = takeLeftTail(&words, indices)
        if isAtWord("=>") { parseArrow(&tail) }
        checkSemicolon(words, tail)
        checkNoBlock(verb)
        return .verb(VerbStatement(verb: verb, words: words, pattern: pattern, tail: tail))
    }

    private mutating func parseUntilPattern(_ index: Int) -> RegexLiteral? {
        skipSpaces()
        guard byte == UInt8(ascii: "/") else { return nil }
        let pattern = parseRegex()
        if !isBlank(at: position), !isSeparator(at: position), !hasErrorInStatement {
            report(
                .gluedString,
                "‘\(shown(SourceRange(position, endOfRaw(from: position))))’ is glued "
                    + "to a pattern",
                SourceRange(position, endOfRaw(from: position)),
                help: "put a space between them; a slash within a pattern is `\\/`"
            )
        }
        return pattern
    }

    /// Whether the word is `text` without quotes and insertions.
    func isBare(_ word: Word, _ text: String) -> Bool {
        guard !word.isQuoted, word.parts.count == 1, case .text(let piece, _) = word.parts[0] else {
            return false
        }
        return piece == text
    }

    // MARK: - Slips

    private mutating func checkAssignment(_ verb: Identifier, _ words: [Word]) {
        guard let first = words.first, isBare(first, "=") else { return }
        report(
            .equals,
            "a value gets its name with ‘let’",
            first.range,
            help: "write `let \(verb.text) = …`",
            fix: (SourceRange(verb.range.start, verb.range.start), "let ")
        )
    }

    private mutating func checkSemicolon(_ words: [Word], _ tail: Tail) {
        guard !separatesAtSemicolons, tail.arrow == nil, let last = words.last, !last.isQuoted,
            last.range.end > 0, bytes[last.range.end - 1] == UInt8(ascii: ";")
        else { return }
        let place = SourceRange(last.range.end - 1, last.range.end)
        report(
            .semicolon,
            "‘;’ is part of this word",
            place,
            severity: .warning,
            help: "a newline ends a statement; put the word into quotes if the `;` is meant"
        )
    }

    private mutating func checkNoBlock(_ verb: Identifier) {
        skipSpaces()
        guard isBlockBrace(at: position) else { return }
        let words = Keywords.statements.filter(\.hasBlock).map(\.word)
        let known = [
            "while": "eventually within 60s every 1s", "until": "eventually within 60s every 1s",
            "foreach": "for x in xs", "loop": "repeat 3", "function": "dialogue NAME()",
            "func": "dialogue NAME()", "def": "dialogue NAME()", "try": "step \"title\"",
            "it": "test \"title\"", "describe": "suite \"title\"", "scenario": "test \"title\"",
            "retry": "eventually within 60s every 1s", "elif": "} else if condition",
            "elseif": "} else if condition",
        ]
        let near = known[verb.text] ?? Suggestion.nearest(to: verb.text, among: words)
        report(
            .unexpectedBlock,
            "‘\(verb.text)’ has no block",
            SourceRange(position, position + 1),
            secondary: [(verb.range, "read as a verb")],
            help: verb.text == "data"
                ? "a message is sent line by line: `data`, then `send …`, at last `send .`"
                : near.map { "did you mean `\($0) {`?" } ?? "to send a brace, put it into quotes"
        )
    }

    private mutating func reportBadVerb(_ stop: Int) -> StatementKind? {
        guard stop > position else { return reportNoStatement() }
        let raw = endOfRaw(from: position)
        let range = SourceRange(position, raw)
        let name = text(position, stop)
        switch octet(at: stop) {
        case UInt8(ascii: ";"):
            report(
                .semicolon,
                "‘;’ separates nothing in a script",
                SourceRange(stop, stop + 1),
                help: "a newline ends a statement"
            )
        case UInt8(ascii: ":"):
            report(
                .label,
                "a label is followed by a space",
                range,
                help: "write `\(name): \(shown(SourceRange(stop + 1, raw)))`"
            )
        case UInt8(ascii: "("):
            report(
                .verbName,
                "‘\(shown(range))’ is not a verb",
                range,
                help: "separate a verb's arguments by spaces: `\(name) argument`; "
                    + "a dialogue is called with `do \(name)(…)`"
            )
        default:
            report(
                .verbName,
                "‘\(shown(range))’ is not a verb",
                range,
                help: "a verb holds letters, digits, `_` and `-`"
            )
        }
        return nil
    }

    /// A line that begins with no word at all.
    mutating func reportNoStatement() -> StatementKind? {
        if isStatementEnd(at: position), let label = tokens.last(where: { $0.kind == .label }) {
            report(
                .label,
                "nothing stands behind the label",
                label.range,
                help: "write the verb on the same line: `box: noop`"
            )
            return nil
        }
        let range = SourceRange(position, max(position + 1, endOfRaw(from: position)))
        var message = "‘\(shown(range))’ begins no statement"
        var help = "a line begins with a verb or a statement's word"
        var problem = SyntaxProblem.noStatement
        if spells("=>", at: position) {
            message = "‘=>’ stands on a line of its own"
            help = "write it behind the verb, on the same line: `ehlo probe.test => 250`"
        } else if isDigit(byte) {
            help = "what the server must answer stands behind the verb: `ehlo probe.test => 250`"
        } else if spells("//", at: position) || spells("/*", at: position)
            || spells("--", at: position)
        {
            help = "a comment begins with `#`"
        } else if byte == UInt8(ascii: "{") {
            problem = .braceOnOwnLine
            message = "‘{’ stands on a line of its own"
            help = "write `{` at the end of the line of the statement it belongs to"
        } else if byte == UInt8(ascii: ";") {
            problem = .semicolon
            message = "‘;’ separates nothing in a script"
            help = "a newline ends a statement"
        } else if byte == UInt8(ascii: ".") {
            help = "to send a line, write `send \(shown(range))`"
        } else if spells("${", at: position) {
            help = "the first word of a line cannot be inserted"
        }
        report(problem, message, range, help: help)
        return nil
    }
}
