import ParleyDiagnostics
import ParleySyntax

extension Checking {
    /// `a op b`
    func binary(
        _ symbol: BinaryOperator,
        _ place: SourceRange,
        _ left: Expression,
        _ right: Expression,
        at range: SourceRange
    ) -> CheckedExpression {
        switch symbol {
        case .and, .or:
            let (a, b) = (condition(left), condition(right))
            let isSecret = a.kind.isSecret || b.kind.isSecret
            return make(
                range,
                anchor: place.start,
                Kind.bool.secret(if: isSecret),
                .binary(symbol, a, b)
            )
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            return comparison(symbol, place, expression(left), expression(right), at: range)
        case .in, .contains, .starts, .ends:
            return membership(symbol, place, expression(left), expression(right), at: range)
        case .plus, .minus, .times, .divide, .remainder:
            return arithmetic(symbol, place, expression(left), expression(right), at: range)
        }
    }

    /// A comparison gives a plain bool, even of secrets.
    func comparison(
        _ symbol: BinaryOperator,
        _ place: SourceRange,
        _ left: CheckedExpression,
        _ right: CheckedExpression,
        at range: SourceRange
    ) -> CheckedExpression {
        let isEquality = symbol == .equal || symbol == .notEqual
        guard let (a, b) = comparable(left, right, isEquality: isEquality, symbol, place) else {
            return make(range, .unknown, .constant(.none))
        }
        return make(range, anchor: place.start, .bool, .binary(symbol, a, b))
    }

    /// Both sides as values of kinds that compare, or a report.
    private func comparable(
        _ left: CheckedExpression,
        _ right: CheckedExpression,
        isEquality: Bool,
        _ symbol: BinaryOperator,
        _ place: SourceRange
    ) -> (CheckedExpression, CheckedExpression)? {
        if left.kind.plain == .unknown || right.kind.plain == .unknown { return (left, right) }
        let (a, b) = (left.kind.wrapped ?? left.kind.plain, right.kind.wrapped ?? right.kind.plain)
        if left.kind.wrapped != nil || right.kind.wrapped != nil, !isEquality {
            reportOptional(left.kind.wrapped != nil ? left : right)
            return nil
        }
        // `x == none` where x is always there asks nothing.
        if a == .unknown || b == .unknown {
            let other = a == .unknown ? right : left
            if other.kind.wrapped == nil {
                report(
                    .typeOptional,
                    "this is never missing",
                    at: other.place.range,
                    label: other.kind.name,
                    severity: .warning,
                    help: "compare it with a value instead of `none`"
                )
            }
            return (left, right)
        }
        if a == b {
            if isEquality ? hasEquality(a) : hasOrder(a) { return (left, right) }
        } else if a.isNumber && b.isNumber {
            return (left, right)
        } else if isEquality, a == .string, b.isTextual {
            return textual(left, right).map { ($0, $1) }
        } else if isEquality, b == .string, a.isTextual {
            return textual(right, left).map { ($1, $0) }
        } else if isEquality, a.isTextual, b.isTextual {
            return (left, right)
        } else if isEquality, (a == .string && b == .bytes) || (a == .bytes && b == .string) {
            return (left, right)
        } else if isEquality, hasEquality(a), a.fits(b) || b.fits(a) {
            return (left, right)
        }
        reportIncomparable(left, right, a, b, symbol, place)
        return nil
    }

    private func reportIncomparable(
        _ left: CheckedExpression,
        _ right: CheckedExpression,
        _ a: Kind,
        _ b: Kind,
        _ symbol: BinaryOperator,
        _ place: SourceRange
    ) {
        let units: Set<Kind> = [.duration, .size]
        if units.contains(a), b.isNumber { return reportUnit(right, a) }
        if units.contains(b), a.isNumber { return reportUnit(left, b) }
        let labels = [
            Diagnostic.Label(left.place, left.kind.name),
            Diagnostic.Label(right.place, right.kind.name),
        ]
        var help: String?
        if a == .reply { help = "compare one of its fields: `.code`, `.enhanced`, `.text`" }
        if a == .code || b == .code, a == .string || b == .string {
            help = "a code is a number: write 250 without quotes"
        }
        if a == .enhanced || b == .enhanced { help = "an enhanced code is written 5.1.1" }
        if a == .tlsVersion || b == .tlsVersion { help = "a TLS version is written TLSv1.2" }
        if a == .instant, b == .duration {
            let (instant, span) = (source.text(left.place.range), source.text(right.place.range))
            help =
                instant.hasSuffix(".expires")
                ? "a span is `\(instant.dropLast(8)).remaining \(symbol.rawValue) \(span)`"
                : "compare it with an instant: `now() + \(span)`"
        }
        report(
            .typeMismatch,
            a == b
                ? "values of kind \(a.name) do not compare with ‘\(symbol.rawValue)’"
                : "a value of kind \(a.name) does not compare with one of kind \(b.name)",
            at: place,
            secondary: labels,
            help: help
        )
    }

    private func hasEquality(_ kind: Kind) -> Bool {
        switch kind {
        case .list(let element): hasEquality(element)
        case .bool, .certificate, .unknown: true
        default: kind.isInsertable
        }
    }

    private func hasOrder(_ kind: Kind) -> Bool {
        switch kind {
        case .int, .float, .code, .duration, .size, .instant, .tlsVersion: true
        default: false
        }
    }

    /// A text against an address, a domain, an ip or an endpoint: a constant is read as one, so
    /// that a slip of the pen is found; other text compares with the value's text.
    private func textual(
        _ text: CheckedExpression,
        _ value: CheckedExpression
    ) -> (CheckedExpression, CheckedExpression)? {
        guard case .constant(.string(let literal)) = text.form else { return (text, value) }
        let kind = value.kind.wrapped ?? value.kind.plain
        let constant = constant(literal, as: kind, at: text.place.range)
        return constant.kind == .unknown ? nil : (constant, value)
    }

    /// The text of an address, a domain, an ip or an endpoint; other values as they are.
    func asText(_ value: CheckedExpression) -> CheckedExpression {
        guard value.kind.plain.isTextual else { return value }
        return make(
            value.place.range,
            anchor: value.anchor,
            Kind.string.secret(if: value.kind.isSecret),
            .conversion(value)
        )
    }

    /// `in`, `contains`, `starts`, `ends`: on text, octets and lists.
    private func membership(
        _ symbol: BinaryOperator,
        _ place: SourceRange,
        _ left: CheckedExpression,
        _ right: CheckedExpression,
        at range: SourceRange
    ) -> CheckedExpression {
        let (whole, part) = symbol == .in ? (right, left) : (left, right)
        func result(_ a: CheckedExpression, _ b: CheckedExpression) -> CheckedExpression {
            make(range, anchor: place.start, .bool, .binary(symbol, a, b))
        }
        for value in [whole, part] where value.kind.wrapped != nil {
            reportOptional(value)
            return unknown(range)
        }
        switch (whole.kind.plain, part.kind.plain) {
        case (.unknown, _), (_, .unknown): return result(left, right)
        case (.list(let element), let kind):
            if kind == .string, element.isTextual { return result(left, right) }
            if kind.fits(element) || element.fits(kind) { return result(left, right) }
            if element.isNumber && kind.isNumber { return result(left, right) }
            let units: Set<Kind> = [.duration, .size]
            if units.contains(element), kind.isNumber {
                reportUnit(part, element)
                return unknown(range)
            }
        case (.map, .string) where symbol == .in || symbol == .contains,
            (.record, .string) where symbol == .in || symbol == .contains:
            return result(left, right)
        case (.string, let kind) where symbol != .in && (kind == .string || kind.isTextual),
            (.bytes, let kind) where symbol != .in && (kind == .string || kind == .bytes):
            return result(asText(left), asText(right))
        case (let kind, .string) where kind.isTextual && symbol != .in:
            return result(asText(left), right)
        default: break
        }
        var help: String?
        if whole.kind.plain == .reply { help = "look into its text: `.text \(symbol.rawValue) …`" }
        if whole.kind.plain == .capabilities { help = "write `offers CAPABILITY`" }
        if symbol == .in, whole.kind.plain == .string { help = "write `text contains part`" }
        report(
            .typeMismatch,
            "‘\(symbol.rawValue)’ does not go with \(left.kind.name) and \(right.kind.name)",
            at: place,
            secondary: [
                Diagnostic.Label(left.place, left.kind.name),
                Diagnostic.Label(right.place, right.kind.name),
            ],
            help: help
        )
        return unknown(range)
    }
}
