import ParleyDiagnostics

extension Parser {
    /// `expect C ["message"] [else warn]`, `require C ["message"]`
    mutating func parseJudge(isFatal: Bool, keyword: SourceRange) -> StatementKind? {
        let word = isFatal ? "require" : "expect"
        let condition = parseExpression()
        checkCodeHabit(condition, word)
        skipSpaces()
        var message: Word?
        if byte == UInt8(ascii: "\"") { message = parseWord() }
        var isSoftened = false
        skipSpaces()
        let start = position
        if takeClause("else") {
            skipSpaces()
            if takeClause("warn") {
                isSoftened = true
                if isFatal { reportSoftenedRequire(SourceRange(start, position)) }
            } else {
                reportMissing("‘warn’", after: "else", help: "a judgement ends with `else warn`")
            }
        }
        if spells("=>", at: position) { reportArrow(word) } else { reportJudgeLeftover() }
        return .judge(
            JudgeStatement(
                isFatal: isFatal,
                condition: condition,
                message: message,
                isSoftened: isSoftened
            )
        )
    }

    private mutating func checkCodeHabit(_ condition: Expression, _ word: String) {
        guard case .literal(.integer(let code)) = condition.kind, !hasErrorInStatement,
            !spells("=>", at: position)
        else { return }
        report(
            .expectCode,
            "‘\(word) \(code)’ judges no reply",
            condition.range,
            label: "a number is neither true nor false",
            help: "say it on the verb's line: `ehlo probe.test => \(code)`; "
                + "or judge a bound reply: `\(word) answer.code == \(code)`"
        )
    }

    private mutating func reportSoftenedRequire(_ range: SourceRange) {
        report(
            .softenedRequire,
            "‘require’ cannot be softened",
            range,
            label: "a failed ‘require’ stops the test",
            help: "write `expect … else warn`"
        )
    }

    private mutating func reportArrow(_ word: String) {
        report(
            .judgeArrow,
            "‘\(word)’ judges values and takes no ‘=>’",
            SourceRange(position, position + 2),
            help: "put `=>` behind the verb: `ehlo probe.test => 250`"
        )
    }

    private mutating func reportJudgeLeftover() {
        skipSpaces()
        guard !isStatementEnd(at: position), byte != UInt8(ascii: ";") else { return }
        reportJuxtaposition()
    }

    /// Reports what follows a complete expression and is no clause.
    mutating func reportJuxtaposition() {
        guard !hasErrorInStatement else { return }
        let range = SourceRange(position, max(position + 1, endOfRaw(from: position)))
        var help = juxtapositionHelp(at: position)
        if help == nil, byte == UInt8(ascii: "[") {
            help = "an index stands without a space: `x[0]`"
        }
        if help == nil, byte == UInt8(ascii: "{") { help = "this statement has no block" }
        if help == nil, spells("offers", at: position) {
            help = "`offers` asks the current session: write `box: expect offers IDLE`"
        }
        report(
            .leftover,
            "‘\(shown(range))’ does not continue this expression",
            range,
            label: "expected an operator or the end of the line",
            help: help
        )
    }

    /// `fail`, `warn`, `skip`, `log`
    mutating func parseRemark(_ remark: Remark) -> StatementKind? {
        guard !isStatementEnd(at: position) else { return .remark(remark, nil) }
        return .remark(remark, parseExpression())
    }

    /// `measure NAME = E [warn > D] [fail > D]`
    mutating func parseMeasure() -> StatementKind? {
        guard let name = parseName("the measure's name"), parseEquals(after: name, in: "measure")
        else { return nil }
        let value = parseExpression()
        var warn: (operator: BinaryOperator, bound: Expression)?
        var fail: (operator: BinaryOperator, bound: Expression)?
        while !hasErrorInStatement {
            skipSpaces()
            if takeClause("warn") {
                warn = parseBound("warn")
            } else if takeClause("fail") {
                fail = parseBound("fail")
            } else {
                break
            }
        }
        return .measure(MeasureStatement(name: name, value: value, warn: warn, fail: fail))
    }

    private mutating func parseBound(
        _ clause: String
    ) -> (operator: BinaryOperator, bound: Expression)? {
        skipSpaces()
        guard let (comparison, _) = takeComparison() else {
            reportMissing("a comparison", after: clause, help: "write `\(clause) > 30s`")
            return nil
        }
        return (comparison, parseArithmetic())
    }

    /// `snapshot NAME = E`
    mutating func parseSnapshot() -> StatementKind? {
        guard let name = parseName("the snapshot's name"), parseEquals(after: name) else {
            return nil
        }
        return .snapshot(name, parseExpression())
    }
}
