import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import ParleySyntax
import ParleyVerbs
import ParleyWire

extension SavedScript {
    /// What was answered is what shall be answered: `=> 250 2.1.0`.
    mutating func writeReplies() {
        for index in statements.indices where statements[index].isKept {
            guard let demand = statements[index].observedDemand else { continue }
            let tail = statements[index].verb?.tail
            if let arrow = tail?.arrow {
                statements[index].replace(arrow.range, with: demand)
            } else {
                statements[index].insert(" \(demand) ", at: statements[index].endOfDemand)
            }
            // A raw reading was named for the shell alone, and waited as long as a person does.
            if statements[index].entry.isRaw { statements[index].forgetWait() }
        }
    }
}

extension SavedStatement {
    /// The reply that answered it; `nil` for what nothing answers.
    var reply: Reply? {
        guard let verb else { return nil }
        switch verb.verb.text {
        case "connect": return entry.session?.banner
        case "receive":
            guard verb.words.first?.literal == "reply" else { return nil }
            return entry.session?.lastReply
        default:
            let isVerb = Protocols.registry.protocols.contains { $0.verb(verb.verb.text) != nil }
            return isVerb ? entry.session?.lastReply : nil
        }
    }

    /// The reply for which it failed: a whole one, but not the expected one.
    var wrongReply: Reply? {
        guard !entry.succeeded, entry.session?.isOpen == true,
            entry.outcome.findings.contains(where: { finding in
                finding.reason.hasSuffix(".reply") || finding.reason.hasSuffix(".banner")
            })
        else { return nil }
        return reply
    }

    /// Whether it failed behind commands of its own that the server carried out.
    var mayHaveSaidMore: Bool {
        switch statement.kind {
        case .pipeline, .conditional, .loop, .repetition, .eventually, .step, .parallel, .call:
            !entry.succeeded && !entry.outcome.dialogues.isEmpty
        default: false
        }
    }

    /// Whether it waited for a raw line's answer, and none came.
    var isSilentWait: Bool {
        guard entry.isRaw, entry.verb == "receive" else { return false }
        guard case .none? = entry.outcome.value else { return false }
        return entry.session?.isOpen == true
    }

    /// `=> 250 2.1.0`, where the reply is to be written behind it.
    fileprivate var observedDemand: String? {
        guard let verb else { return nil }
        if entry.isRaw, verb.verb.text == "receive" {
            // A server closes behind its last reply, which is there to be read all the same.
            switch entry.outcome.value {
            case .reply(let record): return Self.demand(record.reply)
            case .string, .bytes: return "=> any"
            default: return "=> closed"
            }
        }
        guard let reply, reply.series.isEmpty else { return nil }
        guard let arrow = verb.tail.arrow else {
            return verb.tail.softened == nil || !reply.isRefusal ? Self.demand(reply) : nil
        }
        let isAny = arrow.alternatives.allSatisfy { $0.keyword?.text == "any" && $0.pattern == nil }
        return isAny || !entry.succeeded ? Self.demand(reply) : nil
    }

    private static func demand(_ reply: Reply) -> String { "=> \(outcome(reply))" }

    /// A reply as `=>` demands it: `550 5.1.1`.
    static func outcome(_ reply: Reply) -> String {
        "\(reply.verdict)" + (reply.enhanced.map { " \($0)" } ?? "")
    }

    /// Takes `within 2s as it` out of a reading that the shell made.
    fileprivate mutating func forgetWait() {
        guard let arrow = verb?.tail.arrow else { return }
        replace(.init(arrow.range.end, statement.range.end), with: "")
        boundName = nil
    }
}
