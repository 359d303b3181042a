import ParleyDiagnostics
import ParleySyntax

extension Checking {
    /// `signal NAME`
    func signal(_ verb: VerbStatement) -> CheckedStatement.Kind? {
        refuseTail(verb)
        return signalWord(verb).map { .signal(text($0)) }
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
        return .await(text(word), within: limit)
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
