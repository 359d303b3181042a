import ParleyDiagnostics

extension Parser {
    /// `test "title" [tags […]] [timeout D] [retry N] [fails REASON] { … }`
    mutating func parseTest() -> StatementKind? {
        let title = parseTitle(of: "test")
        var tags: [Identifier] = []
        var timeout: Word?
        var retry: Word?
        var fails: Word?
        while true {
            skipSpaces()
            if takeClause("tags") {
                tags += parseNameList(after: "tags")
            } else if takeWord("timeout") {
                timeout = parseClauseValue("timeout", "90s")
            } else if takeWord("retry") {
                retry = parseClauseValue("retry", "2")
            } else if takeWord("fails") {
                fails = parseClauseValue("fails", "smtp.reply")
            } else {
                break
            }
        }
        reportHeader("test", "`tags […]`, `timeout D`, `retry N`, `fails REASON`")
        let body = parseBlock(of: "test")
        return .test(
            TestDeclaration(
                title: title,
                tags: tags,
                timeout: timeout,
                retry: retry,
                fails: fails,
                body: body
            )
        )
    }

    /// The word behind a clause.
    mutating func parseClauseValue(_ clause: String, _ example: String) -> Word? {
        skipSpaces()
        guard let word = parseWord() else {
            reportMissing("a value", after: clause, help: "write `\(clause) \(example)`")
            return nil
        }
        markNumber(word)
        return word
    }

    /// Marks the token of a word that begins with a digit as a number.
    mutating func markNumber(_ word: Word) {
        guard !word.isQuoted, isDigit(octet(at: word.range.start)) else { return }
        var index = tokens.count - 1
        while index >= 0, tokens[index].range.start > word.range.start { index -= 1 }
        if index >= 0, tokens[index].range == word.range { tokens[index].kind = .number }
    }

    /// Reports a word of a header that none of its clauses begins with.
    mutating func reportHeader(_ statement: String, _ clauses: String) {
        skipSpaces()
        guard !hasErrorInStatement, !isStatementEnd(at: position), byte != UInt8(ascii: "{") else {
            return
        }
        let range = SourceRange(position, endOfRaw(from: position))
        report(
            .leftover,
            "‘\(shown(range))’ is not a clause of ‘\(statement)’",
            range,
            help: "a `\(statement)` line ends with ` {` and may have \(clauses) before it"
        )
    }

    /// `[within D]` in the header of a block.
    private mutating func parseWithin() -> Word? {
        skipSpaces()
        return takeWord("within") ? parseClauseValue("within", "10s") : nil
    }

    /// `if C { } else if D { } else { }`
    mutating func parseConditional() -> StatementKind? {
        var branches: [(condition: Expression, block: Block)] = []
        var otherwise: Block?
        let condition = parseExpression()
        branches.append((condition, parseBlock(of: "if")))
        while takeElse() {
            skipSpaces()
            guard takeClause("if") else {
                otherwise = parseBlock(of: "else")
                break
            }
            let condition = parseExpression()
            branches.append((condition, parseBlock(of: "else if")))
        }
        return .conditional(branches, otherwise: otherwise)
    }

    /// `else` behind `}`; on the next line it is reported and taken.
    private mutating func takeElse() -> Bool {
        skipSpaces()
        if takeClause("else") { return true }
        guard isStatementEnd(at: position), tokens.last?.range.end == position else { return false }
        var next = endOfLine(from: position)
        while next < end, isLineEnd(at: next) {
            next = endOfSpaces(from: next + (octet(at: next) == 0x0D ? 2 : 1))
        }
        guard spells("else", at: next), endOfName(from: next) == next + 4 else { return false }
        guard advanceToStatement(), position == next else { return false }
        report(
            .elseAlone,
            "‘else’ stands on a line of its own",
            SourceRange(next, next + 4),
            help: "write `} else {` on the line of the closing brace"
        )
        _ = takeClause("else")
        return true
    }

    /// `for x in xs [parallel N] [within D] { … }`
    mutating func parseLoop() -> StatementKind? {
        let name = parseName("a name")
        var values = missing()
        if let name, parseIn("for", name) { values = parseExpression() }
        var parallel: Expression?
        var within: Word?
        while !hasErrorInStatement {
            skipSpaces()
            if takeClause("parallel") {
                parallel = parseArithmetic()
            } else if takeWord("within") {
                within = parseClauseValue("within", "10s")
            } else {
                break
            }
        }
        let block = parseBlock(of: "for")
        return name.map { .loop($0, in: values, parallel: parallel, within: within, block) }
    }

    /// `repeat N [within D] { … }`
    mutating func parseRepetition() -> StatementKind? {
        let count = parseExpression()
        let within = parseWithin()
        return .repetition(count, within: within, parseBlock(of: "repeat"))
    }

    /// `eventually within D [every D] { … }`
    mutating func parseEventually() -> StatementKind? {
        var within: Word?
        var every: Word?
        while true {
            skipSpaces()
            if takeWord("within") {
                within = parseClauseValue("within", "120s")
            } else if takeWord("every") {
                every = parseClauseValue("every", "3s")
            } else {
                break
            }
        }
        reportHeader("eventually", "`within D` and `every D`")
        if within == nil {
            reportMissing(
                "‘within’",
                after: "eventually",
                help: "write `eventually within 120s every 3s {`"
            )
        }
        return .eventually(within: within, every: every, parseBlock(of: "eventually"))
    }

    /// `step "title" [within D] { … }`
    mutating func parseStep() -> StatementKind? {
        let title = parseTitle(of: "step")
        let within = parseWithin()
        return .step(title: title, within: within, parseBlock(of: "step"))
    }

    /// `parallel [within D] { … }`
    mutating func parseParallel() -> StatementKind? {
        let within = parseWithin()
        return .parallel(within: within, parseBlock(of: "parallel"))
    }

    /// `pipeline [force] { … }`
    mutating func parsePipeline() -> StatementKind? {
        let isForced = takeWord("force")
        return .pipeline(forced: isForced, parseBlock(of: "pipeline"))
    }

    /// `message NAME { … }`
    mutating func parseMessage() -> StatementKind? {
        let name = parseName("the message's name")
        let block = parseBlock(of: "message", isMessage: true)
        return name.map { .message($0, block) }
    }

    /// `do NAME(arguments)`
    mutating func parseCall() -> StatementKind? {
        guard let name = parseName("a dialogue's name") else { return nil }
        guard byte == UInt8(ascii: "(") else {
            report(
                .missingPart,
                "‘do’ wants the dialogue's arguments in parentheses",
                name.range,
                help: "write `do \(name.text)()`"
            )
            return nil
        }
        return .call(name, parseArguments(takesPatterns: false))
    }
}
