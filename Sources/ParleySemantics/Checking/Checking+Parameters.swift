import ParleyDiagnostics
import ParleySyntax

extension Checking {
    /// `param NAME[: KIND] [= WORD]`
    func parameter(_ name: Identifier, _ kindName: Identifier?, _ value: Word?) {
        var kind = Kind.string
        if let kindName {
            if let found = Kind.writable.first(where: { $0.name == kindName.text })?.kind {
                kind = found
            } else {
                let names = Kind.writable.map(\.name)
                report(
                    .nameKind,
                    "no kind ‘\(kindName.text)’ for a parameter",
                    at: kindName.range,
                    notes: ["kinds: \(names.joined(separator: " "))"],
                    help: suggestion(kindName.text, names)
                )
                kind = .unknown
            }
        }
        let initial = value.map { parameterValue($0, kind) }
        let variable = bind(name, kind)
        program.parameters.append(
            CheckedParameter(
                variable: variable,
                initial: initial,
                profiles: [:],
                place: place(name.range)
            )
        )
    }

    /// The value of a parameter, converted by its kind; never a secret, since parameters are shown.
    func parameterValue(_ word: Word, _ kind: Kind) -> CheckedExpression {
        let value = self.word(word, as: kind, what: "the parameter")
        guard value.kind.isSecret else { return value }
        report(
            .permissionSecret,
            "a parameter cannot hold a secret",
            at: word.range,
            help: "declare it with `secret`"
        )
        return unknown(word.range)
    }

    /// `secret NAME = SOURCE [WORD…]`
    func secret(_ name: Identifier, _ source: Identifier, _ arguments: [Word]) {
        let found = secretSource(source, arguments)
        let variable = bind(name, .secret(.string))
        guard let found else { return }
        program.secrets.append(
            CheckedSecret(variable: variable, source: found, place: place(name.range))
        )
    }

    /// Where a secret comes from, and where it will with later work.
    static let secretSources = ["env", "file", "prompt", "credential"]
    private static let laterSecretSources = ["netrc", "command"]

    private func secretSource(
        _ source: Identifier,
        _ arguments: [Word]
    ) -> CheckedSecret.Source? {
        let sources = Self.secretSources + Self.laterSecretSources
        guard sources.contains(source.text) else {
            let meant = suggestion(source.text, sources)
            // What is no source may be the secret itself.
            if meant == nil { self.source.hide([source.range] + arguments.map(\.range)) }
            report(
                .nameSetting,
                meant == nil
                    ? "a secret does not stand in the script itself"
                    : "a secret cannot come from ‘\(source.text)’",
                at: source.range,
                help: meant ?? "write env NAME, file PATH, prompt \"…\" or credential NAME"
            )
            return nil
        }
        if Self.laterSecretSources.contains(source.text) {
            reportReserved("a secret from ‘\(source.text)’", at: source.range)
            return nil
        }
        guard let argument = arguments.first, arguments.count == 1 else {
            report(
                .verbUsage,
                "‘\(source.text)’ takes one word",
                at: arguments.dropFirst().first?.range
                    ?? source.range,
                help: source.text == "prompt" ? "put the prompt into quotes" : nil
            )
            return nil
        }
        guard let text = argument.literal else {
            let name = argument.soleInsertion.map { self.source.text($0.range) } ?? "NAME"
            report(
                .typeConstant,
                "where a secret comes from must be written out",
                at: argument.range,
                help: "write the name itself: `\(source.text) \(DisplayText.safe(name, limit: 40))`"
            )
            return nil
        }
        if source.text == "env", !argument.isQuoted, text.hasPrefix("$"), text.utf8.count > 1 {
            let name = DisplayText.safe(String(text.dropFirst()), limit: 40)
            report(
                .typeLiteral,
                "‘$’ is not part of a variable's name",
                at: argument.range,
                help: "write `env \(name)`"
            )
            return nil
        }
        return switch source.text {
        case "env": .environment(text)
        case "file": .file(text)
        case "prompt": .prompt(text)
        default: .credential(text)
        }
    }

    /// `profile NAME { name = value … }`
    func profile(_ name: Identifier, _ values: [NamedWord]) {
        for value in values {
            let parameters = program.parameters
            guard
                let index = parameters.firstIndex(where: { parameter in
                    guard
                        case .variable(let variable)? = find(
                            value.name.text,
                            at: value.name.range
                        )?.meaning
                    else {
                        return false
                    }
                    return parameter.variable.index == variable.index
                })
            else {
                report(
                    .nameSetting,
                    "no parameter ‘\(value.name.text)’",
                    at: value.name.range,
                    help: suggestion(value.name.text, parameters.map(\.variable.name))
                        ?? "declare it: param \(value.name.text)"
                )
                continue
            }
            if program.parameters[index].profiles[name.text] != nil {
                report(
                    .nameDuplicate,
                    "this profile sets ‘\(value.name.text)’ twice",
                    at: value.name.range
                )
            }
            program.parameters[index].profiles[name.text] = parameterValue(
                value.value,
                parameters[index].variable.kind
            )
        }
    }
}
