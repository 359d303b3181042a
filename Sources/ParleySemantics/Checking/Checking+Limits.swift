import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// `defaults` and `timeouts` of the file, in order.
    func settings(_ tree: SyntaxTree) {
        for statement in tree.statements {
            switch statement.kind {
            case .defaults(let values): values.forEach(applyDefault)
            case .timeouts(let word): timeouts(word)
            case .suite(let title, _):
                reportReserved("‘suite’", at: firstWord(statement), help: "use one file per suite")
                _ = silently { text(title) }
            case .hook(let isBefore, let isEach, _) where !isEach:
                reportReserved(
                    isBefore ? "‘before all’" : "‘after all’",
                    at: firstWord(statement),
                    help: "use ‘\(isBefore ? "before" : "after") each’"
                )
            default: continue
            }
        }
    }

    /// `timeouts rfc5321`: RFC 5321 §4.5.3.2.
    private func timeouts(_ word: Word) {
        guard word.literal == "rfc5321" else {
            report(
                .nameSetting,
                "no such set of time limits",
                at: word.range,
                help: "write `timeouts rfc5321`"
            )
            return
        }
        let minute: Int64 = 60_000_000_000
        program.limits.greeting = 5 * minute
        for (verb, minutes) in [
            ("mail", 5), ("rcpt", 5), ("data", 2), ("body", 10), ("reply", 5),
        ] as [(String, Int64)] {
            program.limits.replies[verb] = minutes * minute
        }
    }

    private static var durations: [String: WritableKeyPath<CheckedLimits, Int64?>] {
        [
            "dns": \.dns, "connect": \.connect, "attempt": \.attempt, "tls": \.tls,
            "greeting": \.greeting,
            "close": \.close, "test": \.test, "timeout": \.test,
        ]
    }

    private static var sizes: [String: WritableKeyPath<CheckedLimits, Int?>] {
        ["line": \.line, "literal": \.literal, "reply": \.reply, "session": \.session]
    }

    /// What `defaults` can set besides the limits of single verbs.
    static let limitNames = (Array(durations.keys) + sizes.keys + ["lines"]).sorted()

    private func applyDefault(_ setting: NamedWord) {
        let name = setting.name.text
        if let path = Self.durations[name] {
            program.limits[keyPath: path] = constantDuration(setting.value, what: "‘\(name)’")
        } else if name == "lines" {
            if case .int(let count)? = constant(setting.value, as: .int, what: "‘lines’") {
                program.limits.lines = positive(count, setting)
            }
        } else if let path = Self.sizes[name], name != "reply" || isSize(setting.value) {
            if case .size(let octets)? = constant(setting.value, as: .size, what: "‘\(name)’") {
                program.limits[keyPath: path] = positive(Int(octets), setting)
            }
        } else if name == "reply" || name == "body" || registry.verbNames.contains(name) {
            program.limits.replies[name] = constantDuration(setting.value, what: "‘\(name)’")
        } else {
            let durations = Self.durations.keys.sorted().joined(separator: " ")
            let names = Self.limitNames + registry.verbNames
            report(
                .nameSetting,
                "no limit is called ‘\(name)’",
                at: setting.name.range,
                help: suggestion(name, names)
                    ?? "limits: \(durations) reply line lines literal session, or a verb"
            )
        }
    }

    /// `reply = 30s` limits the time of every reply, `reply = 64KB` its size.
    private func isSize(_ word: Word) -> Bool {
        word.literal.map { ConstantParser.octets($0) != nil } ?? false
    }

    private func positive(_ number: Int, _ setting: NamedWord) -> Int? {
        guard number > 0 else {
            report(.typeLiteral, "a limit is more than nothing", at: setting.value.range)
            return nil
        }
        return number
    }
}
