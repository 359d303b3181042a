import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// `offers CAP`, `offers CAP op v`, `offers CAP [A, B]`
    func offers(_ capability: Identifier, _ test: OffersTest, at range: SourceRange)
        -> CheckedExpression
    {
        let checkedTest: CheckedOffersTest
        switch test {
        case .present: checkedTest = .present
        case .includes(let names): checkedTest = .includes(names.map(\.text))
        case .compares(let symbol, let place, let operand):
            let isSize = capability.text.utf8.elementsEqual("SIZE".utf8) { $0 & 0xDF == $1 }
            let bound = offered(symbol, place, operand, isSize: isSize)
            checkedTest = .compares(symbol, bound)
        case .states(let parameter, let symbol, let place, let operand):
            let bound = offered(symbol, place, operand, isSize: false)
            checkedTest = .states(parameter.text, symbol, bound)
        }
        guard let info = currentSession(at: range, for: "`offers`") else { return unknown(range) }
        return make(
            range,
            info.spec == nil ? .unknown : .bool,
            .offers(info.slot, capability: capability.text, checkedTest)
        )
    }

    /// What a capability's parameter is compared with.
    private func offered(
        _ symbol: BinaryOperator,
        _ place: SourceRange,
        _ operand: Expression,
        isSize: Bool
    ) -> CheckedExpression {
        let value = expression(operand)
        switch symbol {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: break
        default:
            report(
                .typeMismatch,
                "‘\(symbol.rawValue)’ does not compare",
                at: place,
                help: "write ==, !=, <, <=, > or >="
            )
        }
        if isSize { return coerce(value, to: .size, what: "the limit behind SIZE") }
        if !value.kind.isInsertable {
            report(
                .typeMismatch,
                "a capability's parameter is text or a number",
                at: operand.range,
                label: value.kind.name
            )
        }
        return value
    }

    /// `cert covers host`
    func covers(
        _ subject: Expression,
        _ anchor: SourceRange,
        _ host: Expression,
        at range: SourceRange
    )
        -> CheckedExpression
    {
        let (certificate, name) = (expression(subject), expression(host))
        let left = coerce(certificate, to: .certificate, what: "the left side of `covers`")
        let right: CheckedExpression
        switch name.kind.plain {
        case .string, .domain, .ip, .unknown: right = name
        default: right = coerce(name, to: .domain, what: "the right side of `covers`")
        }
        return make(range, anchor: anchor.start, .bool, .covers(left, right))
    }

    /// `cert dane-ok`: a predicate behind its subject.
    func predicate(_ subject: Expression, _ name: Identifier, at range: SourceRange)
        -> CheckedExpression
    {
        let value = expression(subject)
        guard Keywords.predicates.contains(name.text) else {
            report(
                .nameUnknown,
                "‘\(name.text)’ is no judgement",
                at: name.range,
                help: suggestion(name.text, Keywords.predicates)
            )
            return unknown(range)
        }
        // What DANE says is of the connection, whose certificate the subject must be.
        guard case .session(let slot, .cert) = value.form else {
            if value.kind != .unknown {
                report(
                    .typeMismatch,
                    "‘\(name.text)’ judges a session's certificate",
                    at: value.place.range,
                    label: value.kind.name,
                    help: "write `cert \(name.text)`"
                )
            }
            return unknown(range)
        }
        return make(
            range,
            anchor: name.range.start,
            .bool,
            .field(make(subject.range, .tls, .session(slot, .tls)), .dane)
        )
    }

    /// `grey.log count rcpt`
    func count(_ log: Expression, _ verb: Identifier, at range: SourceRange) -> CheckedExpression {
        let value = coerce(expression(log), to: .log, what: "the left side of `count`")
        let known = registry.verbNames + Self.serverEvents
        if !known.contains(verb.text), let help = suggestion(verb.text, known) {
            report(
                .verbUnknown,
                "no protocol has a verb ‘\(verb.text)’",
                at: verb.range,
                help: help
            )
        }
        return make(range, anchor: verb.range.start, .int, .count(value, verb: verb.text))
    }

    /// What a server's log and its rules know besides verbs.
    static let serverEvents = [
        "connect", "greet", "body", "line", "tls", "recipient", "response", "done",
        "literal",
    ]
}
