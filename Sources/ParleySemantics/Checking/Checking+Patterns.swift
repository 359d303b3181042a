import ParleyDiagnostics
import ParleyPatterns
import ParleySyntax

extension Checking {
    /// A pattern: compiled now if nothing is inserted.
    func pattern(_ literal: RegexLiteral) -> CheckedPattern {
        var pieces: [(text: CheckedExpression, isInserted: Bool)] = []
        var constant: String? = ""
        for part in literal.parts {
            switch part {
            case .text(let text, let range):
                constant? += text
                pieces.append((make(range, .string, .constant(.string(text))), false))
            case .octets(_, let range):
                constant = nil
                report(
                    .typePattern,
                    "a pattern is text: octets above 7F are written \\xHH in it",
                    at: range
                )
            case .insertion(let inner, let range):
                constant = nil
                pieces.append((insertion(inner, at: range), true))
            }
        }
        return CheckedPattern(
            constant: constant.flatMap { compile($0, literal) },
            pieces: pieces,
            isCaseInsensitive: literal.isCaseInsensitive,
            place: place(literal.range)
        )
    }

    /// A pattern that must be known now.
    func constantPattern(_ literal: RegexLiteral) -> Pattern? {
        let checked = pattern(literal)
        if checked.pieces.contains(where: \.isInserted) {
            report(
                .typeConstant,
                "nothing can be inserted into this pattern",
                at: literal.range,
                help: "write it out"
            )
        }
        return checked.constant
    }

    private func compile(_ text: String, _ literal: RegexLiteral) -> Pattern? {
        do throws(PatternError) {
            return try Pattern(text, caseInsensitive: literal.isCaseInsensitive)
        } catch {
            let place = offset(error.offset, in: literal)
            report(
                .typePattern,
                "this pattern does not compile: \(error.message)",
                at: SourceRange(place, min(place + 1, literal.range.end))
            )
            return nil
        }
    }

    /// Where an octet of the pattern stands in the source, in which `/` is `\/`.
    private func offset(_ target: Int, in literal: RegexLiteral) -> Int {
        guard case .text(_, let range)? = literal.parts.first else { return literal.range.start }
        let bytes = source.bytes
        var (position, octet) = (range.start, 0)
        let end = min(range.end, bytes.count)
        while position < end, octet < target {
            if bytes[position] == 0x5C, position + 1 < end, bytes[position + 1] == 0x2F {
                position += 1
            }
            position += 1
            octet += 1
        }
        return min(position, max(range.start, literal.range.end - 1))
    }

    /// `x matches /re/`: a list matches if one of its elements does.
    func matches(
        _ subject: Expression,
        _ anchor: SourceRange,
        _ literal: RegexLiteral,
        at range: SourceRange
    ) -> CheckedExpression {
        let pattern = pattern(literal)
        guard let value = text(expression(subject), allowsList: true, for: "matches") else {
            return unknown(range)
        }
        return make(range, anchor: anchor.start, .bool, .matches(value, pattern))
    }

    /// `x capture /re/ [group]`: an optional string.
    func capture(
        _ subject: Expression,
        _ literal: RegexLiteral,
        _ group: Int?,
        at range: SourceRange
    ) -> CheckedExpression {
        let pattern = pattern(literal)
        if let group, let constant = pattern.constant, group > constant.groupCount || group < 0 {
            report(
                .typePattern,
                "the pattern has \(count(constant.groupCount, "group")), and not a group \(group)",
                at: literal.range
            )
        }
        guard let value = text(expression(subject), allowsList: false, for: "capture") else {
            return unknown(range)
        }
        let kind = Kind.optional(.string).secret(if: value.kind.isSecret)
        return make(
            range,
            anchor: literal.range.start,
            kind,
            .capture(value, pattern, group: group ?? -1)
        )
    }

    /// What a pattern can look at, or a report.
    private func text(
        _ value: CheckedExpression,
        allowsList: Bool,
        for word: String
    ) -> CheckedExpression? {
        switch value.kind.plain {
        case .string, .bytes, .unknown: return value
        case .list(let element) where allowsList:
            if [.string, .bytes, .unknown].contains(element) { return value }
        case .optional:
            reportOptional(value)
            return nil
        case let kind where kind.isTextual: return asText(value)
        default: break
        }
        report(
            .typeMismatch,
            "‘\(word)’ looks at text, and this is a value of kind \(value.kind.name)",
            at: value.place.range,
            label: value.kind.name,
            help: value.kind.plain == .reply ? "look at its `.text`" : nil
        )
        return nil
    }
}
