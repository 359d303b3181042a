import ParleyDiagnostics

extension Parser {
    /// A constant, a name, a call, a list, a group or a string.
    mutating func parsePrimary() -> Expression {
        let start = position
        switch byte {
        case UInt8(ascii: "\""):
            let parts = parseString()
            return Expression(range: SourceRange(start, position), kind: .string(parts))
        case UInt8(ascii: "("):
            let bracket = openBracket()
            let inner = parseExpression()
            closeBracket(bracket, UInt8(ascii: ")"))
            return Expression(range: SourceRange(start, lastEnd), kind: .group(inner))
        case UInt8(ascii: "["):
            let bracket = openBracket()
            let items = parseItems(UInt8(ascii: "]"), takesPatterns: false)
            closeBracket(bracket, UInt8(ascii: "]"))
            return Expression(range: SourceRange(start, lastEnd), kind: .list(items))
        case UInt8(ascii: "$") where octet(at: position + 1) == UInt8(ascii: "{"):
            guard case .insertion(let inner, let range) = parseInsertion() else { return missing() }
            return Expression(range: range, kind: .group(inner))
        case let byte where isDigit(byte):
            return parseNumber()
        case let byte where isNameStart(byte):
            return parseNamed()
        default:
            return reportNoOperand()
        }
    }

    func missing() -> Expression {
        Expression(range: gap, kind: .missing)
    }

    // MARK: - Names

    private mutating func parseNamed() -> Expression {
        if let version = takeVersion() { return version }
        let stop = endOfName(from: position)
        let range = SourceRange(position, stop)
        let word = text(position, stop)
        switch word {
        case "true", "false":
            emit(.name, upTo: stop)
            return Expression(range: range, kind: .literal(.bool(word == "true")))
        case "none":
            emit(.name, upTo: stop)
            return Expression(range: range, kind: .literal(.none))
        case "offers":
            emit(.symbol, upTo: stop)
            return parseOffers(range)
        case "not":
            report(
                .leftover,
                "‘not’ needs parentheses here",
                range,
                help: "write `(not …)`; `not` binds weaker than comparisons"
            )
            emit(.symbol, upTo: stop)
            return missing()
        default:
            if Keywords.isReserved(word) { return reportMissingOperand(before: word) }
            emit(.name, upTo: stop)
            if byte == UInt8(ascii: "(") { return parseFunctionCall(Identifier(word, range)) }
            return Expression(range: range, kind: .name(word))
        }
    }

    private mutating func parseFunctionCall(_ name: Identifier) -> Expression {
        let takesPatterns = Keywords.patternFunctions.contains(name.text)
        let arguments = parseArguments(takesPatterns: takesPatterns)
        return Expression(
            range: SourceRange(name.range.start, lastEnd),
            kind: .call(name, arguments)
        )
    }

    /// `TLSv1.2`, `SSLv3`
    private mutating func takeVersion() -> Expression? {
        guard byte == UInt8(ascii: "T") || byte == UInt8(ascii: "S") else { return nil }
        var stop = endOfName(from: position)
        var version: Int?
        if text(position, stop) == "SSLv3" {
            version = 0
        } else if text(position, stop) == "TLSv1" {
            version = 1
            let minor = octet(at: stop + 1)
            if octet(at: stop) == UInt8(ascii: "."), isDigit(minor) {
                version = Int(minor - 0x30) + 1
                stop += 2
                while isNameByte(octet(at: stop)) {
                    version = 99
                    stop += 1
                }
            }
        }
        guard let version else { return nil }
        let range = SourceRange(position, stop)
        if version > 4 {
            report(
                .unknownVersion,
                "‘\(shown(range))’ is no version of TLS",
                range,
                help: "versions are SSLv3, TLSv1.0, TLSv1.1, TLSv1.2 and TLSv1.3"
            )
        }
        emit(.number, upTo: stop)
        return Expression(range: range, kind: .literal(.tlsVersion(version)))
    }

    // MARK: - Offers

    /// `offers CAP`, `offers CAP >= 20MB`, `offers CAP NAME >= 100`, `offers CAP [A, B]`
    private mutating func parseOffers(_ keyword: SourceRange) -> Expression {
        skipTrivia()
        guard let capability = takeCapability() else {
            let isInsertion = spells("${", at: position)
            report(
                .capability,
                "‘offers’ wants the name of a capability",
                SourceRange(position, max(position, endOfRaw(from: position))),
                help: isInsertion
                    ? "a capability is written out, not inserted"
                    : "write `offers STARTTLS`, `offers SIZE >= 20MB` or `offers AUTH [PLAIN]`"
            )
            return Expression(range: keyword, kind: .missing)
        }
        var whole = keyword.union(capability.range)
        skipTrivia()
        if byte == UInt8(ascii: "[") {
            let names = parseNameList(after: capability.text)
            whole.end = lastEnd
            return Expression(range: whole, kind: .offers(capability, .includes(names)))
        }
        let parameter = takeParameterName()
        if let (comparison, range) = takeComparison() {
            let bound = parseArithmetic()
            whole = whole.union(bound.range)
            return Expression(
                range: whole,
                kind: .offers(
                    capability,
                    parameter.map { .states($0, comparison, range, bound) }
                        ?? .compares(comparison, range, bound)
                )
            )
        }
        return Expression(range: whole, kind: .offers(capability, .present))
    }

    /// A parameter in capitals, if a comparison follows: the RCPTMAX of `LIMITS RCPTMAX >= 100`.
    private mutating func takeParameterName() -> Identifier? {
        var stop = position
        func belongs(_ byte: UInt8) -> Bool {
            switch byte {
            case 0x41...0x5A: true
            case 0x30...0x39, 0x2D: stop > position
            default: false
            }
        }
        while belongs(octet(at: stop)) { stop += 1 }
        let next = endOfSpaces(from: stop)
        let isComparison =
            switch octet(at: next) {
            case UInt8(ascii: "<"), UInt8(ascii: ">"): true
            case UInt8(ascii: "="), UInt8(ascii: "!"): octet(at: next + 1) == UInt8(ascii: "=")
            default: false
            }
        guard stop > position, isComparison else { return nil }
        let name = Identifier(text(position, stop), SourceRange(position, stop))
        emit(.name, upTo: stop)
        skipTrivia()
        return name
    }

    private mutating func takeCapability() -> Identifier? {
        let start = position
        if byte == UInt8(ascii: "\"") {
            let parts = parseString()
            let word = Word(range: SourceRange(start, position), parts: parts, isQuoted: true)
            return word.literal.map { Identifier($0, word.range) }
        }
        var stop = position
        while isNameByte(octet(at: stop)) || [0x2D, 0x2B, 0x2E, 0x2F].contains(octet(at: stop)) {
            stop += 1
        }
        guard stop > position else { return nil }
        let name = Identifier(text(position, stop), SourceRange(position, stop))
        emit(.name, upTo: stop)
        return name
    }

    /// `==`, `!=`, `<`, `<=`, `>`, `>=` and its place; a lone `=` is reported and taken for `==`.
    mutating func takeComparison() -> (BinaryOperator, SourceRange)? {
        let second = octet(at: position + 1) == UInt8(ascii: "=")
        let found: BinaryOperator? =
            switch (byte, second) {
            case (0x3D, true): .equal
            case (0x21, true): .notEqual
            case (0x3C, let orEqual): orEqual ? .lessOrEqual : .less
            case (0x3E, let orEqual): orEqual ? .greaterOrEqual : .greater
            case (0x3D, false) where octet(at: position + 1) != UInt8(ascii: ">"): .equal
            default: nil
            }
        guard let found else { return nil }
        let range = SourceRange(position, position + (second ? 2 : 1))
        if byte == 0x3D, !second {
            report(
                .equals,
                "‘=’ gives a value, ‘==’ compares",
                range,
                help: "write `==`",
                fix: (range, "==")
            )
        }
        emit(.symbol, upTo: range.end)
        return (found, range)
    }

    // MARK: - Where an operand should be

    private mutating func reportMissingOperand(before word: String) -> Expression {
        if !hasErrorInStatement {
            report(
                .missingOperand,
                "a value is missing before ‘\(word)’",
                SourceRange(position, endOfName(from: position)),
                help: "‘\(word)’ is an operator; text stands in quotes: `\"\(word)\"`"
            )
        }
        return missing()
    }

    private mutating func reportNoOperand() -> Expression {
        let start = position
        switch byte {
        case UInt8(ascii: "'"):
            return reportSingleQuotes()
        case UInt8(ascii: "/"):
            let pattern = parseRegex()
            report(
                .patternPlace,
                "a pattern cannot stand here",
                pattern.range,
                help: "patterns stand behind `matches` and `capture`: `reply.text matches /ok/`"
            )
            return Expression(range: pattern.range, kind: .missing)
        case UInt8(ascii: "$"):
            report(
                .insertion,
                "‘$’ alone inserts nothing",
                SourceRange(start, start + 1),
                help: "in an expression a name stands by itself: `host`"
            )
            emit(.unexpected, upTo: position + 1)
            return isNameStart(self.byte) ? parseNamed() : missing()
        case let byte where byte >= 0x80:
            let errors = damage.count
            checkSmartQuote()
            if damage.count == errors { break }
            emit(.unexpected, upTo: endOfRaw(from: position))
            return Expression(range: SourceRange(start, position), kind: .missing)
        default:
            break
        }
        if !hasErrorInStatement { reportNoValue() }
        return missing()
    }

    private mutating func reportNoValue() {
        if isStatementEnd(at: position) || byte == UInt8(ascii: "{") {
            let last = tokens.last { !$0.kind.isTrivia }?.range
            let before = last.map { shown($0) } ?? ""
            report(
                .missingOperand,
                "a value is missing after ‘\(before)’",
                last ?? SourceRange(position, position),
                label: "expected a value behind this",
                help: Self.valueHelp(after: before)
            )
        } else {
            let range = SourceRange(position, endOfOddity(from: position))
            report(
                .missingOperand,
                "‘\(shown(range))’ is not a value",
                range,
                label: "expected a value",
                help: octet(at: position) == UInt8(ascii: "<") || byte == UInt8(ascii: "@")
                    ? "an address in an expression stands in quotes: `\"a@b.test\"`" : nil
            )
        }
    }

    /// The end of what is no value: a name, a run of signs, or letters beyond ASCII.
    private func endOfOddity(from offset: Int) -> Int {
        let signs = Array("=!<>&|".utf8)
        var stop = max(offset + 1, endOfName(from: offset))
        let byte = octet(at: offset)
        while !isBlank(at: stop), byte >= 0x80 ? octet(at: stop) >= 0x80 : false { stop += 1 }
        while signs.contains(byte), signs.contains(octet(at: stop)) { stop += 1 }
        return stop
    }

    private mutating func reportSingleQuotes() -> Expression {
        let start = position
        var stop = position + 1
        while !isLineEnd(at: stop), bytes[stop] != UInt8(ascii: "'") { stop += 1 }
        let isClosed = !isLineEnd(at: stop)
        let range = SourceRange(start, isClosed ? stop + 1 : start + 1)
        report(
            .singleQuotes,
            "single quotes open no string",
            range,
            help: "write `\"…\"`",
            fix: isClosed ? (range, "\"" + text(start + 1, stop) + "\"") : nil
        )
        emit(.unexpected, upTo: range.end)
        return Expression(range: range, kind: isClosed ? .string([]) : .missing)
    }
}
