import ParleyDiagnostics

extension Parser {
    /// What binds how strongly, weakest first.
    private enum Level {
        static let or = 1
        static let and = 2
        static let not = 3
        static let comparison = 4
        static let sum = 5
        static let product = 6
    }

    /// An operator found behind an operand, before it is consumed.
    private struct FoundOperator {
        enum Kind {
            case binary(BinaryOperator)
            case matches
            case covers
            case sameAs
            case predicate
        }
        var kind: Kind
        var level: Int
        var length: Int
    }

    /// A whole expression; reports and yields `.missing` where there is none.
    mutating func parseExpression() -> Expression { parseBinary(Level.or) }

    /// An expression without comparisons and logic: a bound, a count.
    mutating func parseArithmetic() -> Expression { parseBinary(Level.sum) }

    private mutating func parseBinary(_ minimum: Int) -> Expression {
        skipTrivia()
        guard expressionDepth < Self.maximumDepth else { return giveUpDepth() }
        expressionDepth += 1
        defer { expressionDepth -= 1 }
        var left: Expression
        if minimum <= Level.not, let not = takeNot() {
            let operand = parseBinary(Level.not)
            left = Expression(range: not.union(operand.range), kind: .unary(.not, operand))
        } else {
            left = parseUnary()
        }
        var hasComparison = false
        var chain = 0
        while let found = findOperator(), found.level >= minimum {
            chain += 1
            if expressionDepth + chain >= Self.maximumDepth { return giveUpDepth() }
            if found.level == Level.comparison {
                if hasComparison { reportChain(found) }
                hasComparison = true
            }
            left = parseOperation(left, found)
        }
        return left
    }

    private mutating func parseOperation(_ left: Expression, _ found: FoundOperator) -> Expression {
        let range = SourceRange(position, position + found.length)
        switch found.kind {
        case .binary(let binary):
            emit(.symbol, upTo: range.end)
            let right = parseBinary(found.level + 1)
            return join(left, right, .binary(binary, range, left, right))
        case .matches:
            emit(.symbol, upTo: range.end)
            guard let pattern = parsePattern(after: "matches") else {
                return Expression(range: left.range.union(range), kind: .missing)
            }
            return Expression(
                range: left.range.union(pattern.range),
                kind: .matches(left, range, pattern)
            )
        case .covers:
            emit(.symbol, upTo: range.end)
            let right = parseBinary(Level.sum)
            return join(left, right, .covers(left, range, right))
        case .sameAs:
            emit(.symbol, upTo: range.end)
            let right = parseBinary(Level.sum)
            skipTrivia()
            let ignoring = takeClause("ignoring") ? parseNameList(after: "ignoring") : []
            var whole = join(left, right, .sameAs(left, range, right, ignoring: ignoring))
            whole.range.end = max(
                whole.range.end,
                tokens.last { !$0.kind.isTrivia }?.range.end ?? 0
            )
            return whole
        case .predicate:
            let name = Identifier(text(range.start, range.end), range)
            emit(.symbol, upTo: range.end)
            return Expression(range: left.range.union(range), kind: .predicate(left, name))
        }
    }

    private func join(_ left: Expression, _ right: Expression, _ kind: ExpressionKind) -> Expression
    {
        Expression(range: left.range.union(right.range), kind: kind)
    }

    // MARK: - Operators

    private mutating func findOperator() -> FoundOperator? {
        skipTrivia()
        if isNameStart(byte) { return findWordOperator() }
        switch (byte, octet(at: position + 1)) {
        case (0x3D, 0x3D): return compare(.equal, octet(at: position + 2) == 0x3D ? 3 : 2)
        case (0x3D, 0x3E): return nil
        case (0x3D, 0x7E):
            return replaceOperator(.equals, "=~", .matches, "matches", Level.comparison)
        case (0x3D, _):
            return replaceOperator(.equals, "=", .binary(.equal), "==", Level.comparison)
        case (0x21, 0x3D): return compare(.notEqual, octet(at: position + 2) == 0x3D ? 3 : 2)
        case (0x3C, 0x3D): return compare(.lessOrEqual, 2)
        case (0x3C, 0x3E):
            return replaceOperator(.wordOperator, "<>", .binary(.notEqual), "!=", Level.comparison)
        case (0x3C, _): return compare(.less, 1)
        case (0x3E, 0x3D): return compare(.greaterOrEqual, 2)
        case (0x3E, _): return compare(.greater, 1)
        case (0x26, 0x26):
            return replaceOperator(.wordOperator, "&&", .binary(.and), "and", Level.and)
        case (0x7C, 0x7C): return replaceOperator(.wordOperator, "||", .binary(.or), "or", Level.or)
        case (0x2B, _): return FoundOperator(kind: .binary(.plus), level: Level.sum, length: 1)
        case (0x2A, _): return FoundOperator(kind: .binary(.times), level: Level.product, length: 1)
        case (0x25, _):
            return FoundOperator(kind: .binary(.remainder), level: Level.product, length: 1)
        case (0x2D, _): return spaced(.minus, Level.sum)
        case (0x2F, _): return spaced(.divide, Level.product)
        default: return nil
        }
    }

    private mutating func compare(_ binary: BinaryOperator, _ length: Int) -> FoundOperator {
        if length == 3 {
            let range = SourceRange(position, position + 3)
            report(
                .wordOperator,
                "‘\(shown(range))’ is not an operator",
                range,
                help: "write `\(binary.rawValue)`",
                fix: (range, binary.rawValue)
            )
        }
        return FoundOperator(kind: .binary(binary), level: Level.comparison, length: length)
    }

    /// What is written otherwise in other languages: reported, and taken for what is meant.
    private mutating func replaceOperator(
        _ problem: SyntaxProblem,
        _ written: String,
        _ kind: FoundOperator.Kind,
        _ meant: String,
        _ level: Int
    ) -> FoundOperator {
        let range = SourceRange(position, position + written.utf8.count)
        let alreadyReported = damage.last?.start == range.start
        if !alreadyReported {
            let message =
                written == "="
                ? "‘=’ gives a value, ‘==’ compares" : "‘\(written)’ is not an operator"
            report(problem, message, range, help: "write `\(meant)`", fix: (range, meant))
        }
        return FoundOperator(kind: kind, level: level, length: range.end - range.start)
    }

    /// `-` and `/`, which need a space on both sides, because `-` joins names.
    private mutating func spaced(_ binary: BinaryOperator, _ level: Int) -> FoundOperator {
        let range = SourceRange(position, position + 1)
        let isSpaced = isBlankBefore(position) && isBlank(at: position + 1)
        if !isSpaced, damage.last?.start != range.start {
            report(
                .operatorSpaces,
                "‘\(binary.rawValue)’ needs a space on both sides",
                range,
                help: binary == .divide
                    ? "write `a / b`; a pattern stands only behind `matches`, `capture` and `until`"
                    : "write `a - b`; `a-b` is one name"
            )
        }
        return FoundOperator(kind: .binary(binary), level: level, length: 1)
    }

    private mutating func findWordOperator() -> FoundOperator? {
        let stop = endOfName(from: position)
        let length = stop - position
        guard length >= 2, length <= 8 else { return nil }
        let word = text(position, stop)
        let comparison = Level.comparison
        switch word {
        case "or": return FoundOperator(kind: .binary(.or), level: Level.or, length: length)
        case "and": return FoundOperator(kind: .binary(.and), level: Level.and, length: length)
        case "in", "contains", "starts", "ends":
            guard let binary = BinaryOperator(rawValue: word) else { return nil }
            return FoundOperator(kind: .binary(binary), level: comparison, length: length)
        case "matches": return FoundOperator(kind: .matches, level: comparison, length: length)
        case "covers": return FoundOperator(kind: .covers, level: comparison, length: length)
        case "same-as": return FoundOperator(kind: .sameAs, level: comparison, length: length)
        default:
            guard Keywords.predicates.contains(word) else { return nil }
            return FoundOperator(kind: .predicate, level: comparison, length: length)
        }
    }

    private mutating func reportChain(_ found: FoundOperator) {
        guard !hasErrorInStatement else { return }
        report(
            .chainedComparison,
            "comparisons do not chain",
            SourceRange(position, position + found.length),
            label: "a second comparison",
            help: "join them: `a < b and b < c`, or use parentheses"
        )
    }

    /// `not`, or `!`, which is reported.
    private mutating func takeNot() -> SourceRange? {
        let start = position
        if spells("not", at: position), endOfName(from: position) == position + 3 {
            emit(.symbol, upTo: position + 3)
            return SourceRange(start, position)
        }
        guard byte == UInt8(ascii: "!"), octet(at: position + 1) != UInt8(ascii: "=") else {
            return nil
        }
        let range = SourceRange(start, start + 1)
        report(
            .wordOperator,
            "‘!’ is not an operator",
            range,
            help: "write `not`",
            fix: (range, "not ")
        )
        emit(.symbol, upTo: position + 1)
        return range
    }

    // MARK: - Trivia and limits

    /// White space; within brackets, newlines and comments too, up to a line that cannot belong to
    /// the bracket: a blank one, `}`, or one that begins with a statement's word.
    mutating func skipTrivia() {
        skipSpaces()
        while ignoresNewlines, !isAtEnd, !isSeparator(at: position) {
            if isComment(at: position) {
                emit(.comment, upTo: endOfLine(from: position))
            } else if isLineEnd(at: position), continuesBracket() {
                emitNewline()
            } else {
                return
            }
            skipSpaces()
        }
    }

    private mutating func continuesBracket() -> Bool {
        let next = position + (byte == 0x0D ? 2 : 1)
        let first = endOfSpaces(from: next)
        guard next < end, !isLineEnd(at: first), octet(at: first) != UInt8(ascii: "}") else {
            return false
        }
        let stop = endOfName(from: first)
        guard stop > first, isBlank(at: stop) else { return true }
        return Keywords.statement(text(first, stop)) == nil
    }

    private mutating func giveUpDepth() -> Expression {
        if !hasErrorInStatement {
            report(
                .tooDeep,
                "this expression is nested deeper than \(Self.maximumDepth)",
                SourceRange(position, min(end, position + 1)),
                help: "give its parts names with `let`"
            )
        }
        isTooDeep = true
        emit(.unexpected, upTo: endOfLine(from: position))
        return Expression(range: gap, kind: .missing)
    }
}
