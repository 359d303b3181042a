import ParleyDiagnostics
import ParleySyntax

extension Checking {
    /// `f(a, b)`
    func call(_ name: Identifier, _ arguments: [Expression], at range: SourceRange)
        -> CheckedExpression
    {
        guard let signature = BuiltinSignatures.named(name.text) else {
            _ = silently { arguments.map(expression) }
            let meant = ["length": "len", "size_of": "len", "count": "len", "lowercase": "lower"]
            var help =
                meant[name.text].map { "write `\($0)(…)`" }
                ?? suggestion(name.text, BuiltinSignatures.all.map(\.builtin.rawValue))
            if case .dialogue? = scope.find(name.text)?.meaning {
                help =
                    "‘\(name.text)’ is a dialogue: write `do \(name.text)(…)` on a line of its own"
            }
            report(.nameFunction, "no function ‘\(name.text)’", at: name.range, help: help)
            return unknown(range)
        }
        guard arguments.count == signature.parameters.count else {
            _ = arguments.map(argument)
            report(
                .typeArguments,
                "‘\(name.text)’ takes \(count(signature.parameters.count, "argument")), not "
                    + "\(arguments.count)",
                at: range,
                help: "\(signature.usage): \(signature.help)"
            )
            return unknown(range)
        }
        var checked: [CheckedExpression] = []
        var isSecret = false
        for (expression, kinds) in zip(arguments, signature.parameters) {
            let value = argument(expression)
            isSecret = isSecret || value.kind.isSecret
            checked.append(accept(value, kinds, of: signature))
        }
        refuseSecretPath(signature.builtin, checked)
        return make(range, signature.result.secret(if: isSecret), .call(signature.builtin, checked))
    }

    /// `2 arguments`, `no argument`.
    func count(_ number: Int, _ noun: String) -> String {
        switch number {
        case 0: "no \(noun)"
        case 1: "one \(noun)"
        default: "\(number) \(noun)s"
        }
    }

    private func argument(_ expression: Expression) -> CheckedExpression {
        guard case .pattern(let literal) = expression.kind else {
            return self.expression(expression)
        }
        return make(expression.range, .regex, .pattern(pattern(literal)))
    }

    private func accept(
        _ value: CheckedExpression,
        _ kinds: [Kind],
        of signature: BuiltinSignatures.Signature
    ) -> CheckedExpression {
        if kinds.contains(where: { value.kind.fits($0) }) { return value }
        if kinds == [.string], value.kind.plain.isTextual {
            return coerce(value, to: .string, what: "")
        }
        if let wrapped = value.kind.wrapped, kinds.contains(where: { wrapped.fits($0) }) {
            reportOptional(value)
        } else {
            let allowed = kinds.map(\.name).joined(separator: ", ")
            report(
                .typeMismatch,
                "‘\(signature.builtin.rawValue)’ does not take a value of kind \(value.kind.name)",
                at: value.place.range,
                label: value.kind.name,
                notes: ["it takes: \(allowed)"],
                help: "\(signature.usage): \(signature.help)"
            )
        }
        return unknown(value.place.range)
    }

    private func refuseSecretPath(_ builtin: Builtin, _ arguments: [CheckedExpression]) {
        switch builtin {
        case .lines, .csv, .json, .read:
            if let path = arguments.first { refuseSecret(path, in: "the path of a file") }
        default: break
        }
    }

    /// Reports a secret in a place where it would be shown or stored.
    func refuseSecret(_ value: CheckedExpression, in what: String) {
        guard value.kind.isSecret else { return }
        report(
            .permissionSecret,
            "a secret cannot be part of \(what)",
            at: value.place.range,
            label: value.kind.name,
            help: "what derives from a secret may be sent, and no more"
        )
    }
}
