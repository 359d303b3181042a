import ParleyDiagnostics
import ParleySyntax

extension Checking {
    /// The checked form of an expression; of kind `unknown` where something is wrong with it.
    func expression(_ expression: Expression) -> CheckedExpression {
        let range = expression.range
        switch expression.kind {
        case .literal(let literal): return constant(literal, at: range)
        case .string(let parts): return template(parts, at: range, isWord: false)
        case .name(let name): return named(name, at: range)
        case .member(let base, let field): return member(base, field, at: range)
        case .index(let base, let index): return indexed(base, index, at: range)
        case .call(let name, let arguments): return call(name, arguments, at: range)
        case .list(let elements): return list(elements, at: range)
        case .unary(let symbol, let operand): return unary(symbol, operand, at: range)
        case .binary(let symbol, let place, let left, let right):
            return binary(symbol, place, left, right, at: range)
        case .matches(let subject, let anchor, let literal):
            return matches(subject, anchor, literal, at: range)
        case .capture(let subject, let literal, let group):
            return capture(subject, literal, group, at: range)
        case .fallback(let value, let other): return fallback(value, other, at: range)
        case .offers(let capability, let test): return offers(capability, test, at: range)
        case .covers(let subject, let anchor, let host):
            return covers(subject, anchor, host, at: range)
        case .predicate(let subject, let name): return predicate(subject, name, at: range)
        case .count(let log, let verb): return count(log, verb, at: range)
        case .sameAs(let left, let anchor, let right, _):
            _ = silently { (self.expression(left), self.expression(right)) }
            reportReserved("‘same-as’", at: anchor)
            return unknown(range)
        case .pattern(let literal):
            report(
                .typePattern,
                "a pattern stands only behind `matches`, `capture`, `matching` and `until`",
                at: literal.range,
                help: "write text in quotes"
            )
            return unknown(range)
        case .group(let inner):
            var checked = self.expression(inner)
            if checked.anchor == checked.place.range.start { checked.anchor = inner.range.start }
            return checked
        case .missing: return unknown(range)
        }
    }

    /// What stands for a wrong expression, so that one mistake is reported once.
    func unknown(_ range: SourceRange) -> CheckedExpression {
        make(range, .unknown, .constant(.none))
    }

    func make(
        _ range: SourceRange,
        anchor: Int? = nil,
        _ kind: Kind,
        _ form: CheckedExpression.Form
    ) -> CheckedExpression {
        CheckedExpression(place: place(range), anchor: anchor, kind: kind, form: form)
    }

    /// A condition: true or false and nothing else.
    func condition(_ expression: Expression) -> CheckedExpression {
        let checked = self.expression(expression)
        guard checked.kind.plain != .bool, checked.kind.plain != .unknown else { return checked }
        if checked.kind.wrapped == .bool {
            reportOptional(checked)
        } else {
            report(
                .typeMismatch,
                "a condition is true or false, and this is a value of kind \(checked.kind.name)",
                at: expression.range,
                label: checked.kind.name,
                help: checked.kind.wrapped == nil
                    ? "compare it with something" : "ask whether it is there with `!= none`"
            )
        }
        return unknown(expression.range)
    }

    /// An expression of a given kind.
    func expression(_ expression: Expression, as kind: Kind, what: String) -> CheckedExpression {
        coerce(self.expression(expression), to: kind, what: what)
    }

    /// The value as one of the given kind, or a report.
    func coerce(_ value: CheckedExpression, to kind: Kind, what: String) -> CheckedExpression {
        let actual = value.kind
        if actual.fits(kind) { return value }
        let range = value.place.range
        if let wrapped = actual.wrapped, wrapped.fits(kind) {
            reportOptional(value)
            return unknown(range)
        }
        if kind.isTextual, actual.plain == .string {
            if case .constant(.string(let text)) = value.form {
                return constant(text, as: kind, at: range)
            }
            return make(range, kind.secret(if: actual.isSecret), .conversion(value))
        }
        if kind == .string, actual.plain.isTextual {
            return make(range, Kind.string.secret(if: actual.isSecret), .conversion(value))
        }
        if kind == .endpoint, actual.plain == .ip || actual.plain == .domain {
            return make(range, Kind.endpoint.secret(if: actual.isSecret), .conversion(value))
        }
        if kind == .duration || kind == .size, actual.isNumber {
            reportUnit(value, kind)
        } else {
            report(
                .typeMismatch,
                "\(what) is a \(kind.name), and this is a value of kind \(actual.name)",
                at: range,
                label: actual.name
            )
        }
        return unknown(range)
    }

    /// A constant of that kind out of its text, or a report.
    func constant(_ text: String, as kind: Kind, at range: SourceRange) -> CheckedExpression {
        switch ConstantParser.parse(text, as: kind) {
        case .success(let constant): return make(range, kind, .constant(constant))
        case .failure(let problem):
            report(.typeLiteral, problem.message, at: range, help: problem.help)
            return unknown(range)
        }
    }

    func reportOptional(_ value: CheckedExpression) {
        report(
            .typeOptional,
            "this may be missing",
            at: value.place.range,
            label: value.kind.name,
            help: "say what then with `default …`, or ask `== none`"
        )
    }

    /// Reports a plain number where a duration or a size is due, with the unit to add.
    func reportUnit(_ number: CheckedExpression, _ kind: Kind) {
        let text = source.text(number.place.range)
        // Who writes 20000 counted octets; who writes 20 had something larger in mind.
        let isLarge = Int(text).map { $0 >= 1024 } ?? false
        let unit = kind == .duration ? "s" : isLarge ? "B" : "MB"
        var fixIt: Diagnostic.FixIt?
        // 500 may be milliseconds.
        let isAmbiguous = kind == .duration && Int(text).map { $0 >= 100 } ?? false
        if case .constant = number.form, !isAmbiguous {
            fixIt = Diagnostic.FixIt(number.place, text + unit)
        }
        report(
            .typeUnit,
            "a \(kind.name) has a unit, and this is a plain number",
            at: number.place.range,
            label: number.kind.name,
            help: isAmbiguous
                ? "write ‘\(text)ms’ or ‘\(text)s’"
                : fixIt == nil ? "convert it with `\(kind.name)(…)`" : "write ‘\(text)\(unit)’",
            fixIt: fixIt
        )
    }

    // MARK: - Small forms

    private func constant(_ literal: Literal, at range: SourceRange) -> CheckedExpression {
        switch literal {
        case .bool(let value): make(range, .bool, .constant(.bool(value)))
        case .integer(let value): make(range, .int, .constant(.int(value)))
        case .float(let value): make(range, .float, .constant(.float(value)))
        case .duration(let value): make(range, .duration, .constant(.duration(value)))
        case .size(let value): make(range, .size, .constant(.size(value)))
        case .tlsVersion(let value): make(range, .tlsVersion, .constant(.tlsVersion(value)))
        case .none: make(range, .optional(.unknown), .constant(.none))
        case .enhanced(let pattern):
            if let subject = pattern.subject, let detail = pattern.detail {
                make(
                    range,
                    .enhanced,
                    .constant(
                        .enhanced(
                            statusClass: pattern.statusClass,
                            subject: subject,
                            detail: detail
                        )
                    )
                )
            } else {
                make(range, .enhanced, .constant(.enhancedPattern(pattern)))
            }
        }
    }

    private func list(_ elements: [Expression], at range: SourceRange) -> CheckedExpression {
        var checked: [CheckedExpression] = []
        var kind = Kind.unknown
        var isSecret = false
        for element in elements {
            let value = expression(element)
            isSecret = isSecret || value.kind.isSecret
            if kind == .unknown {
                kind = value.kind.plain
            } else if !value.kind.fits(kind) {
                report(
                    .typeMismatch,
                    "the elements of a list are of one kind: this is \(value.kind.name)",
                    at: element.range,
                    label: value.kind.name,
                    notes: ["the first element is of kind \(kind.name)"]
                )
            }
            checked.append(value)
        }
        return make(range, Kind.list(kind).secret(if: isSecret), .list(checked))
    }

    private func unary(
        _ symbol: UnaryOperator,
        _ operand: Expression,
        at range: SourceRange
    ) -> CheckedExpression {
        switch symbol {
        case .not:
            let value = condition(operand)
            return make(range, value.kind, .unary(.not, value))
        case .minus:
            let value = expression(operand)
            switch value.kind.plain {
            case .int, .float, .duration: return make(range, value.kind, .unary(.minus, value))
            case .unknown: return value
            default:
                report(
                    .typeMismatch,
                    "a minus stands before a number or a duration",
                    at: operand.range,
                    label: value.kind.name
                )
                return unknown(range)
            }
        }
    }

    private func fallback(
        _ value: Expression,
        _ other: Expression,
        at range: SourceRange
    ) -> CheckedExpression {
        let (value, other) = (expression(value), expression(other))
        guard let wrapped = value.kind.wrapped else {
            if value.kind.plain != .unknown {
                report(
                    .typeOptional,
                    "this is never missing, so `default` changes nothing",
                    at: value.place.range,
                    label: value.kind.name,
                    severity: .warning,
                    help: "leave `default` out"
                )
            }
            return value
        }
        let isSecret = value.kind.isSecret || other.kind.isSecret
        let kind = wrapped == .unknown ? other.kind.plain : wrapped
        let checked = coerce(other, to: kind, what: "the value for a missing one")
        return make(range, kind.secret(if: isSecret), .fallback(value, checked))
    }
}
