import ParleyDiagnostics
import ParleySyntax

extension Checking {
    /// `expect` or `require`
    func judge(_ judge: JudgeStatement) -> CheckedStatement.Kind {
        let condition = condition(judge.condition)
        return .judge(
            CheckedJudge(
                isFatal: judge.isFatal,
                condition: condition,
                message: judge.message.map { text($0, isWord: false) },
                isSoftened: judge.isSoftened,
                session: Self.session(in: condition) ?? flow.current.map { frame.sessions[$0].slot }
            )
        )
    }

    /// `fail`, `warn`, `skip`, `log`
    func remark(_ remark: Remark, _ message: Expression?) -> CheckedStatement.Kind {
        guard let message else { return .remark(remark, nil) }
        let value = insertion(message, at: message.range)
        guard value.kind.plain != .string, value.kind != .unknown else {
            return .remark(remark, value)
        }
        return .remark(
            remark,
            make(
                message.range,
                Kind.string.secret(if: value.kind.isSecret),
                .template([value], isWord: false)
            )
        )
    }

    /// `measure NAME = EXPRESSION [warn > D] [fail > D]`
    func measure(_ measure: MeasureStatement) -> CheckedStatement.Kind {
        let value = expression(measure.value)
        refuseSecret(value, in: "a measure")
        switch value.kind.plain {
        case .duration, .size, .int, .float, .unknown: break
        case .optional: reportOptional(value)
        default:
            report(
                .typeMismatch,
                "a measure is a duration, a size or a number",
                at: measure.value.range,
                label: value.kind.name
            )
        }
        let name = place(measure.name.range)
        if let earlier = frame.measures[measure.name.text],
            earlier.source !== name.source || earlier.range != name.range
        {
            report(
                .nameDuplicate,
                "this test has a measure ‘\(measure.name.text)’ already",
                at: measure.name.range,
                secondary: [Diagnostic.Label(earlier, "measured here")],
                help: "choose another name"
            )
        }
        frame.measures[measure.name.text] = name
        return .measure(
            CheckedMeasure(
                name: measure.name.text,
                value: value,
                warn: bound(measure.warn, value),
                fail: bound(measure.fail, value)
            )
        )
    }

    private func bound(
        _ bound: (operator: BinaryOperator, bound: Expression)?,
        _ value: CheckedExpression
    ) -> (operator: BinaryOperator, bound: CheckedExpression)? {
        guard let bound else { return nil }
        let checked = expression(bound.bound)
        // The comparison is made by the machine; what is checked here is that it can be.
        _ = comparison(
            bound.operator,
            bound.bound.range,
            value,
            checked,
            at: bound.bound.range
        )
        return (bound.operator, checked)
    }

    /// The session that a condition looks at, if it looks at one.
    static func session(in expression: CheckedExpression) -> SessionSlot? {
        switch expression.form {
        case .session(let slot, _), .sessionValue(let slot), .offers(let slot, _, _): slot
        case .field(let inner, _), .unary(_, let inner), .conversion(let inner),
            .count(let inner, _), .matches(let inner, _), .capture(let inner, _, _):
            session(in: inner)
        case .binary(_, let left, let right), .lookup(let left, let right),
            .index(let left, let right), .fallback(let left, let right),
            .covers(let left, let right):
            session(in: left) ?? session(in: right)
        case .call(_, let parts), .list(let parts), .template(let parts, _):
            parts.lazy.compactMap { session(in: $0) }.first
        case .constant, .variable, .pattern: nil
        }
    }
}
