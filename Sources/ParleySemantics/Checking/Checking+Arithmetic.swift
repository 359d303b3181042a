import ParleyDiagnostics
import ParleySyntax

extension Checking {
    /// `+ - * / %`
    func arithmetic(
        _ symbol: BinaryOperator,
        _ place: SourceRange,
        _ left: CheckedExpression,
        _ right: CheckedExpression,
        at range: SourceRange
    ) -> CheckedExpression {
        for value in [left, right] where value.kind.wrapped != nil {
            reportOptional(value)
            return unknown(range)
        }
        let (a, b) = (left.kind.plain, right.kind.plain)
        if a == .unknown || b == .unknown { return unknown(range) }
        guard let kind = Self.result(symbol, a, b) else {
            reportArithmetic(symbol, place, left, right)
            return unknown(range)
        }
        let isSecret = left.kind.isSecret || right.kind.isSecret
        return make(
            range,
            anchor: place.start,
            kind.secret(if: isSecret),
            .binary(symbol, left, right)
        )
    }

    private func reportArithmetic(
        _ symbol: BinaryOperator,
        _ place: SourceRange,
        _ left: CheckedExpression,
        _ right: CheckedExpression
    ) {
        let (a, b) = (left.kind.plain, right.kind.plain)
        let units: Set<Kind> = [.duration, .size]
        if symbol == .plus || symbol == .minus {
            if units.contains(a), b.isNumber { return reportUnit(right, a) }
            if units.contains(b), a.isNumber { return reportUnit(left, b) }
            if a == .instant, b.isNumber { return reportUnit(right, .duration) }
        }
        report(
            .typeMismatch,
            "‘\(symbol.rawValue)’ does not go with \(left.kind.name) and \(right.kind.name)",
            at: place,
            secondary: [
                Diagnostic.Label(left.place, left.kind.name),
                Diagnostic.Label(right.place, right.kind.name),
            ],
            help: symbol == .plus && (a == .string || b == .string)
                ? "insert it: \"… ${x}\"" : nil
        )
    }

    /// What an operation gives, if the kinds go together.
    private static func result(_ symbol: BinaryOperator, _ a: Kind, _ b: Kind) -> Kind? {
        switch (a, symbol, b) {
        case (.int, _, .int): .int
        case (.int, _, .float), (.float, _, .int), (.float, _, .float):
            symbol == .remainder ? nil : .float
        case (.string, .plus, .string): .string
        case (.bytes, .plus, .bytes), (.bytes, .plus, .string), (.string, .plus, .bytes): .bytes
        case (.list(let left), .plus, .list(let right)):
            right.fits(left) ? a : left.fits(right) ? b : nil
        case (.duration, .plus, .duration), (.duration, .minus, .duration): .duration
        case (.size, .plus, .size), (.size, .minus, .size): .size
        case (.duration, .divide, .duration), (.size, .divide, .size): .float
        case (.duration, .times, .int), (.duration, .times, .float), (.duration, .divide, .int),
            (.duration, .divide, .float), (.int, .times, .duration), (.float, .times, .duration):
            .duration
        case (.size, .times, .int), (.size, .times, .float), (.size, .divide, .int),
            (.size, .divide, .float), (.int, .times, .size), (.float, .times, .size):
            .size
        case (.instant, .minus, .instant): .duration
        case (.instant, .plus, .duration), (.instant, .minus, .duration): .instant
        default: nil
        }
    }
}
