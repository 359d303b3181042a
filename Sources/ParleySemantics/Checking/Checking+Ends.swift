import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// Remembers that from here on the session is over: a `quit` that goes on has succeeded, unless
    /// its arrow admits something else.
    func noteEnd(_ verb: CheckedVerb, at range: SourceRange) {
        guard ["quit", "logout"].contains(verb.spec.name), !verb.expectation.isSoftened else {
            return
        }
        let isCertain = verb.expectation.alternatives.allSatisfy { alternative in
            switch alternative.outcome {
            case .closed: true
            case .reply:
                alternative.status.map(\.isPositive)
                    ?? alternative.code.map { $0.highest < 300 } ?? false
            case .any, .timeout, .refused: false
            }
        }
        if isCertain { flow.ended[verb.session.index] = place(range) }
    }

    /// A verb on a session that a `quit` has ended would never be sent.
    func refuseAfterEnd(_ verb: CheckedVerb, at range: SourceRange) {
        guard let place = flow.ended[verb.session.index] else { return }
        // Whether the server has closed by now is what such a line may ask.
        guard !verb.expectation.alternatives.contains(where: { $0.outcome == .closed }) else {
            return
        }
        let word = verb.spec.success == .ok ? "logout" : "quit"
        report(
            .sessionOver,
            "the session is over: \(verb.spec.wireName) would not be sent",
            at: range,
            secondary: [Diagnostic.Label(place, "`\(word)` ended the session here")],
            help: "connect anew, or `close` this session to go back to the one opened before it"
        )
    }
}
