import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

/// What a rule of a server says that answers in words.
extension Checking {
    /// Whether a status can answer the event.
    func isStatus(
        _ name: Identifier,
        _ word: StatusWord,
        of event: String,
        _ spec: ProtocolSpec?
    ) -> Bool {
        guard isSpokenInWords(spec, name.text, name.range) else { return false }
        let fits =
            event == "greet"
            ? [.ok, .preauth, .bye].contains(word) : [.ok, .no, .bad, .bye].contains(word)
        guard !fits else { return true }
        report(
            .structure,
            event == "greet"
                ? "no greeting says ‘\(name.text)’" : "no command is answered with ‘\(name.text)’",
            at: name.range,
            help: event == "greet" ? "a greeting says OK, PREAUTH or BYE" : "say OK, NO, BAD or BYE"
        )
        return false
    }

    /// Whether the server's protocol answers in words; a report if not.
    func isSpokenInWords(_ spec: ProtocolSpec?, _ what: String, _ range: SourceRange) -> Bool {
        guard let spec else { return false }
        guard !spec.answersInWords else { return true }
        report(
            .structure,
            "a server of \(spec.name) does not say ‘\(what)’",
            at: range,
            help: spec.hasGreeting
                ? "its replies begin with a code: `250 \"text\"`" : "write `raw \"octets\"`"
        )
        return false
    }

    /// A code where the protocol has words.
    func reportCodeOfServer(_ range: SourceRange, _ spec: ProtocolSpec) {
        report(
            .structure,
            "a server of \(spec.name) answers with words, not with codes",
            at: range,
            help: "write `OK \"text\"`, `NO [NONEXISTENT] \"text\"` or `untagged \"3 EXISTS\"`"
        )
    }
}
