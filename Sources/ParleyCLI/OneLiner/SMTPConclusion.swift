import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import ParleyReports

/// What `parley smtp` has to say in the end: a paragraph for a person.
struct SMTPConclusion: Sendable {
    let target: String
    let script: OneLinerScript

    /// The paragraph.
    func text(_ result: TestResult, _ facts: ConversationFacts) -> String {
        guard let finding = result.findings.first(where: { $0.verdict == result.verdict }),
            result.verdict >= .fail
        else { return passed(facts) }
        return failed(finding, facts)
    }

    private func passed(_ facts: ConversationFacts) -> String {
        let peer = facts.peer ?? target
        let done = Self.list(script.achievements(before: nil))
        return "\(peer): \(done).\(encryption(facts)) No message was sent: nothing follows "
            + "the envelope."
    }

    private func failed(_ finding: Finding, _ facts: ConversationFacts) -> String {
        let line = finding.place.source.line(at: finding.place.range.start)
        let done = script.achievements(before: line)
        var sentences: [String] = []
        if finding.reason.hasPrefix("local.") {
            sentences.append("This machine could not ask; \(target) is not accused.")
        } else if done.isEmpty {
            sentences.append("Nothing was learnt of \(target).")
        } else {
            sentences.append("Before that: \(Self.list(done)).\(encryption(facts))")
        }
        let left = script.steps.count { $0.line > line && $0.achievement.hasPrefix("took ") }
        if left > 0, done.contains("took the sender") {
            let noun = left == 1 ? "recipient was" : "recipients were"
            sentences.append("\(left) more \(noun) not asked for.")
        }
        if let explanation = Explanations.reason(finding.reason) {
            sentences.append(explanation.meaning)
            if finding.help == nil, let cause = explanation.causes.first {
                sentences.append("Often: \(cause).")
            }
        }
        sentences.append("More: parley explain \(finding.reason)")
        return sentences.joined(separator: " ")
    }

    private func encryption(_ facts: ConversationFacts) -> String {
        guard let tls = facts.tls else { return " All of it was in clear." }
        let verified = tls.isVerified ? "verified" : "not verified"
        return " TLS: \(tls.version), \(tls.cipher), \(verified)."
    }

    /// `it greeted, answered EHLO and took the sender`
    private static func list(_ parts: [String]) -> String {
        var unique: [String] = []
        for part in parts where !unique.contains(part) { unique.append(part) }
        guard unique.count > 1, let last = unique.popLast() else { return unique.first ?? "" }
        return unique.joined(separator: ", ") + " and " + last
    }
}
