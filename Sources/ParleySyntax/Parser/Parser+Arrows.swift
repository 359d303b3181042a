import ParleyDiagnostics

extension Parser {
    /// Takes `within D`, `as NAME` and `else warn` off the end of a verb's words.
    mutating func takeLeftTail(_ words: inout [Word], _ indices: [Int]) -> Tail {
        var tail = Tail()
        checkDanglingClause(words)
        while words.count >= 2 {
            let value = words[words.count - 1]
            let clause = words[words.count - 2]
            let index = words.count - 2
            if isBare(clause, "within"), !value.isQuoted, tail.within == nil {
                tail.within = value
                if isDigit(octet(at: value.range.start)) { mark(indices[index + 1], .number) }
            } else if isBare(clause, "as"), !value.isQuoted, tail.binding == nil {
                tail.binding = bindingName(value)
                if tail.binding != nil { mark(indices[index + 1], .name) }
            } else if isBare(clause, "else"), isBare(value, "warn"), tail.softened == nil {
                tail.softened = clause.range.union(value.range)
                mark(indices[index + 1], .keyword)
            } else {
                break
            }
            mark(indices[index], .keyword)
            words.removeLast(2)
        }
        return tail
    }

    private mutating func mark(_ index: Int, _ kind: TokenKind) {
        if tokens.indices.contains(index) { tokens[index].kind = kind }
    }

    private mutating func checkDanglingClause(_ words: [Word]) {
        guard let last = words.last, words.count > 0 else { return }
        for clause in ["within", "as", "else"] where isBare(last, clause) {
            let what = clause == "within" ? "a duration" : clause == "as" ? "a name" : "‘warn’"
            report(
                .missingPart,
                "\(what) is missing after ‘\(clause)’",
                last.range,
                help: "put the word into quotes if it is meant as it stands: `\"\(clause)\"`"
            )
        }
    }

    private mutating func bindingName(_ word: Word) -> Identifier? {
        let text = word.literal ?? ""
        let isName =
            word.range.start < end
            && endOfName(from: word.range.start) == word.range.end
        guard isName else {
            report(
                .missingName,
                "‘\(shown(word.range))’ is not a name",
                word.range,
                label: "expected the name to bind",
                help: "a name begins with a letter and holds letters, digits, `_` and `-`"
            )
            return nil
        }
        let name = Identifier(text, word.range)
        checkReserved(name)
        return name
    }

    // MARK: - The right side

    /// `=> A or B [within D] [as NAME] [else warn]`
    mutating func parseArrow(_ tail: inout Tail) {
        let start = position
        emit(.arrow, upTo: position + 2)
        var alternatives: [Alternative] = []
        var current: Alternative?
        var last = position
        var wantsAlternative = true
        while true {
            skipSpaces()
            if isAtEndOfWords { break }
            if spells("=>", at: position) {
                reportSecondArrow()
                break
            }
            if takeTailClause(&tail) {
                continue
            } else if takeWord("or") {
                if current == nil { reportOr() }
                if let done = current { alternatives.append(done) }
                current = nil
                wantsAlternative = true
                last = position
            } else {
                parseAlternativeWord(&current)
                wantsAlternative = false
                last = position
            }
        }
        if let done = current { alternatives.append(done) }
        if alternatives.isEmpty || (wantsAlternative && current == nil), !hasErrorInStatement {
            reportMissing(
                "what the server must answer",
                after: alternatives.isEmpty ? "=>" : "or",
                help: "write a code: `=> 250`, `=> 2xx`; or `any`, `closed`, `timeout`"
            )
        }
        tail.arrow = Arrow(range: SourceRange(start, last), alternatives: alternatives)
    }

    private mutating func reportSecondArrow() {
        report(
            .twice,
            "a second ‘=>’",
            SourceRange(position, position + 2),
            help: "join alternatives with `or`: `=> 250 or 251`"
        )
    }

    private mutating func reportOr() {
        guard !hasErrorInStatement else { return }
        report(
            .missingPart,
            "an alternative is missing before ‘or’",
            SourceRange(position - 2, position),
            help: "write `=> 250 or 251`"
        )
    }

    /// `within D`, `as NAME`, `else warn`
    private mutating func takeTailClause(_ tail: inout Tail) -> Bool {
        let clause = SourceRange(position, endOfRaw(from: position))
        if takeWord("within") {
            if tail.within != nil { reportTwice("within", clause) }
            tail.within = parseClauseValue("within", "30s") ?? tail.within
        } else if takeWord("as") {
            if tail.binding != nil { reportTwice("as", clause) }
            guard let word = parseWord() else {
                reportMissing("a name", after: "as", help: "write `=> any as answer`")
                return true
            }
            tail.binding = bindingName(word)
            tail.bindsReply = true
            if let index = tokens.lastIndex(where: { $0.range == word.range }),
                tail.binding != nil
            {
                tokens[index].kind = .name
            }
        } else if takeWord("else") {
            skipSpaces()
            let warn = position
            if takeWord("warn") {
                if tail.softened != nil { reportTwice("else warn", clause) }
                tail.softened = SourceRange(clause.start, warn + 4)
            } else {
                reportMissing("‘warn’", after: "else", help: "a verb's line ends with `else warn`")
                emit(.unexpected, upTo: endOfRaw(from: position))
            }
        } else {
            return false
        }
        return true
    }

    private mutating func reportTwice(_ clause: String, _ range: SourceRange) {
        report(.twice, "‘\(clause)’ stands here twice", range, help: "remove one of them")
    }
}
