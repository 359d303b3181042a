import ParleyDiagnostics

extension Parser {
    /// `-x`, or an operand with its suffixes.
    mutating func parseUnary() -> Expression {
        skipTrivia()
        var minuses: [SourceRange] = []
        while byte == UInt8(ascii: "-"), minuses.count < 8 {
            minuses.append(SourceRange(position, position + 1))
            emit(.symbol, upTo: position + 1)
            skipTrivia()
        }
        var operand = parsePostfix()
        for minus in minuses.reversed() {
            operand = Expression(range: minus.union(operand.range), kind: .unary(.minus, operand))
        }
        return operand
    }

    /// An operand with `.name`, `[i]`, `capture /re/ n`, `default v` and `count verb`.
    private mutating func parsePostfix() -> Expression {
        var operand = parseTight()
        var chain = 0
        while chain < Self.maximumDepth {
            chain += 1
            skipTrivia()
            if takeClauseSymbol("capture") {
                operand = parseCapture(operand)
            } else if takeClauseSymbol("default") {
                skipTrivia()
                let value = parseFallbackValue()
                operand = Expression(
                    range: operand.range.union(value.range),
                    kind: .fallback(operand, value)
                )
            } else if case .member(_, let member) = operand.kind, member.text == "log",
                takeClauseSymbol("count")
            {
                operand = parseCount(operand)
            } else {
                return operand
            }
        }
        return operand
    }

    private mutating func takeClauseSymbol(_ word: StaticString) -> Bool {
        let stop = position + word.utf8CodeUnitCount
        guard spells(word, at: position), endOfName(from: position) == stop else { return false }
        emit(.symbol, upTo: stop)
        return true
    }

    private mutating func parseFallbackValue() -> Expression {
        guard byte == UInt8(ascii: "-") else { return parseTight() }
        let minus = SourceRange(position, position + 1)
        emit(.symbol, upTo: position + 1)
        let value = parseTight()
        return Expression(range: minus.union(value.range), kind: .unary(.minus, value))
    }

    private mutating func parseCapture(_ operand: Expression) -> Expression {
        guard let pattern = parsePattern(after: "capture") else {
            return Expression(range: operand.range, kind: .missing)
        }
        var range = operand.range.union(pattern.range)
        skipTrivia()
        var group: Int?
        var stop = position
        while isDigit(octet(at: stop)) { stop += 1 }
        if stop > position {
            group = Int(text(position, stop)) ?? Int.max
            range.end = stop
            if group ?? 0 > 65535 {
                report(
                    .numberTooLarge,
                    "no pattern has so many groups",
                    SourceRange(position, stop)
                )
            }
            emit(.number, upTo: stop)
        }
        return Expression(range: range, kind: .capture(operand, pattern, group: group))
    }

    private mutating func parseCount(_ operand: Expression) -> Expression {
        skipTrivia()
        guard let verb = takeName() else {
            reportMissing("a verb", after: "count", help: "write `NAME.log count rcpt`")
            return Expression(range: operand.range, kind: .missing)
        }
        return Expression(range: operand.range.union(verb.range), kind: .count(operand, verb))
    }

    /// An operand with the suffixes that stand without a space: `.name`, `[i]`.
    private mutating func parseTight() -> Expression {
        var operand = parsePrimary()
        var chain = 0
        while chain + expressionDepth < Self.maximumDepth {
            chain += 1
            if byte == UInt8(ascii: ".") {
                guard let member = parseMember(of: operand) else { return operand }
                operand = Expression(
                    range: operand.range.union(member.range),
                    kind: .member(operand, member)
                )
            } else if byte == UInt8(ascii: "["), position == operand.range.end {
                operand = parseIndex(operand)
            } else if byte == UInt8(ascii: "("), position == operand.range.end {
                reportMethod(operand)
            } else {
                return operand
            }
        }
        return operand
    }

    private mutating func parseMember(of operand: Expression) -> Identifier? {
        let dot = SourceRange(position, position + 1)
        var help = "host names and addresses in an expression stand in quotes: `\"mail.test\"`"
        let base = text(operand.range.start, operand.range.end)
        if octet(at: position + 1) == UInt8(ascii: "."), isDigit(octet(at: position + 2)) {
            let stop = endOfName(from: position + 2)
            let last = position + 2 == stop ? endOfRaw(from: position) : stop
            help = "write `range(\(base), \(text(position + 2, last)))`"
        } else if base.asciiLowercase.hasPrefix("tls"), isDigit(octet(at: position + 1)) {
            help = "a TLS version is written `TLSv1.2`"
        }
        if case .name(let name) = operand.kind, name.asciiLowercase == "tlsv1" {
            help = "versions are spelled `TLSv1.2`, `TLSv1.3`"
        }
        guard endOfName(from: position + 1) > position + 1 else {
            report(
                .missingName,
                "a name is missing after ‘.’",
                dot,
                help: help
            )
            emit(.unexpected, upTo: position + 1)
            return nil
        }
        emit(.punctuation, upTo: position + 1)
        return takeName()
    }

    private mutating func parseIndex(_ operand: Expression) -> Expression {
        let bracket = openBracket()
        let index = parseExpression()
        closeBracket(bracket, UInt8(ascii: "]"))
        return Expression(
            range: SourceRange(operand.range.start, lastEnd),
            kind: .index(operand, index)
        )
    }

    /// `x.f(…)` and `(f)(…)`: reported, and the arguments are read and dropped.
    private mutating func reportMethod(_ operand: Expression) {
        var help = "functions are called by name: `len(x)`"
        if case .member(let subject, let name) = operand.kind {
            help = "write `\(name.text)(\(shown(subject.range)))`"
        }
        report(.methodCall, "only functions are called, by their names", operand.range, help: help)
        _ = parseArguments(takesPatterns: true)
    }

    // MARK: - Brackets

    /// What must be restored when a bracket closes.
    struct OuterBrackets {
        var ignoresNewlines: Bool
        var opening: SourceRange
    }

    mutating func openBracket() -> OuterBrackets {
        let outer = OuterBrackets(
            ignoresNewlines: ignoresNewlines,
            opening: SourceRange(position, position + 1)
        )
        emit(.punctuation, upTo: position + 1)
        ignoresNewlines = !isInInsertion
        return outer
    }

    mutating func closeBracket(_ bracket: OuterBrackets, _ closing: UInt8) {
        skipTrivia()
        ignoresNewlines = bracket.ignoresNewlines
        if byte == closing, !isAtEnd {
            emit(.punctuation, upTo: position + 1)
            return
        }
        guard !hasAbandonedBracket, !isTooDeep else { return }
        hasAbandonedBracket = true
        guard isStatementEnd(at: position) || !hasErrorInStatement else { return }
        let mark = closing == UInt8(ascii: "]") ? "]" : ")"
        if isStatementEnd(at: position) {
            report(
                .unclosedBracket,
                "this bracket is never closed",
                bracket.opening,
                label: "has no ‘\(mark)’",
                help: "close it with `\(mark)`"
            )
        } else {
            let range = SourceRange(position, max(position + 1, endOfName(from: position)))
            report(
                .leftover,
                "‘\(shown(range))’ does not belong here",
                range,
                label: "expected ‘\(mark)’",
                secondary: [(bracket.opening, "to close this")],
                help: juxtapositionHelp(at: position)
            )
        }
    }

    /// `(a, b)`
    mutating func parseArguments(takesPatterns: Bool) -> [Expression] {
        let bracket = openBracket()
        let items = parseItems(UInt8(ascii: ")"), takesPatterns: takesPatterns)
        closeBracket(bracket, UInt8(ascii: ")"))
        return items
    }

    /// Expressions with commas between them, up to `closing`; a comma may end them.
    mutating func parseItems(_ closing: UInt8, takesPatterns: Bool) -> [Expression] {
        var items: [Expression] = []
        while true {
            skipTrivia()
            if byte == closing || isStatementEnd(at: position) || isAtEnd { return items }
            if takesPatterns, byte == UInt8(ascii: "/") {
                let pattern = parseRegex()
                items.append(Expression(range: pattern.range, kind: .pattern(pattern)))
            } else {
                let before = position
                items.append(parseExpression())
                if position == before { return items }
            }
            skipTrivia()
            guard byte == UInt8(ascii: ",") else { return items }
            emit(.punctuation, upTo: position + 1)
        }
    }

    /// `[A, B-C, "X-*"]`: names in any spelling.
    mutating func parseNameList(after word: String) -> [Identifier] {
        skipSpaces()
        guard byte == UInt8(ascii: "[") else {
            reportMissing("a list", after: word, help: "write `\(word) [A, B]`")
            return []
        }
        let bracket = openBracket()
        var names: [Identifier] = []
        while true {
            skipTrivia()
            guard let name = takeListName() else { break }
            names.append(name)
            skipTrivia()
            guard byte == UInt8(ascii: ",") else { break }
            emit(.punctuation, upTo: position + 1)
        }
        closeBracket(bracket, UInt8(ascii: "]"))
        return names
    }

    private mutating func takeListName() -> Identifier? {
        let start = position
        if byte == UInt8(ascii: "\"") {
            let parts = parseString()
            let word = Word(range: SourceRange(start, position), parts: parts, isQuoted: true)
            if word.literal == nil {
                report(
                    .listName,
                    "a name in this list is written out",
                    word.range,
                    help: "write it without `${…}`"
                )
            }
            return Identifier(word.literal ?? "", word.range)
        }
        var stop = position
        while !isBlank(at: stop), !isSeparator(at: stop) {
            let byte = bytes[stop]
            if byte == 0x2C || byte == 0x5B || byte == 0x5D || byte == 0x22 { break }
            stop += 1
        }
        guard stop > position else { return nil }
        let name = Identifier(text(position, stop), SourceRange(position, stop))
        emit(.name, upTo: stop)
        return name
    }
}
