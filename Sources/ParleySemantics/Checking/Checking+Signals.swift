import ParleyDiagnostics
import ParleySyntax

extension Checking {
    /// `signal NAME`
    func signal(_ verb: VerbStatement) -> CheckedStatement.Kind? {
        refuseTail(verb)
        return signalWord(verb).map { .signal(givenSignal($0)) }
    }

    /// `await NAME [within D]`
    func awaitSignal(_ verb: VerbStatement) -> CheckedStatement.Kind? {
        let tail = verb.tail
        if let range = tail.arrow?.range ?? tail.binding?.range ?? tail.softened {
            report(.verbTail, "`await` takes no `=>`, `as` or `else warn`", at: range)
        }
        if let name = tail.binding { bind(name, .unknown) }
        guard let word = signalWord(verb) else { return nil }
        let limit =
            limit(tail.within)
            ?? make(word.range, .duration, .constant(.duration(Self.awaitLimit)))
        return .await(awaitedSignal(word), within: limit)
    }

    /// The name of a signal that is given here, which may have inserted parts.
    func givenSignal(_ word: Word) -> CheckedExpression {
        signals.given.append(word.literal)
        return text(word)
    }

    /// The name of a signal that is awaited here.
    func awaitedSignal(_ word: Word) -> CheckedExpression {
        if let name = word.literal {
            signals.awaited.append((name, place(word.range)))
        }
        return text(word)
    }

    /// Tells of signals that are awaited and that nothing in the script or the files it uses gives.
    /// Where a name is known at run time only, it may be any of them, and what could not be checked
    /// may give it, too.
    func checkSignals() {
        guard !signals.awaited.isEmpty else { return }
        let given = signals.given.compactMap { $0 }
        guard given.count == signals.given.count, !program.tests.isEmpty,
            !sortedDiagnostics.contains(where: { $0.severity == .error })
        else { return }
        let outer = source
        defer { source = outer }
        for (name, place) in signals.awaited where !given.contains(name) {
            source = place.source
            report(
                .nameSignal,
                "nothing gives the signal ‘\(name)’ that is awaited here",
                at: place.range,
                severity: .warning,
                help: suggestion(name, given)
                    ?? "write `signal \(name)` in the test, or in the rule of a server"
            )
        }
    }

    /// The signals of a script.
    struct Signals {
        /// Names that are given; `nil` for one that is known at run time only.
        var given: [String?] = []
        /// Names that are awaited, with their places.
        var awaited: [(name: String, place: SourcePlace)] = []
    }

    private func signalWord(_ verb: VerbStatement) -> Word? {
        refusePattern(verb)
        guard let word = verb.words.first, verb.words.count == 1 else {
            report(
                .verbUsage,
                "`\(verb.verb.text)` takes the name of a signal",
                at: verb.verb.range,
                help: "\(verb.verb.text) ready"
            )
            return nil
        }
        return word
    }
}
