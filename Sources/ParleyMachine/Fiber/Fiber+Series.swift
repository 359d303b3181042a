import ParleyDiagnostics
import ParleyWire

extension Fiber {
    /// Judges each of several replies to one message by the same expectation.
    func judge(
        series reply: Reply,
        _ expectation: ExpectationSite,
        _ frame: Judged
    ) throws -> Request? {
        var wrong: [RecipientReply] = []
        for entry in reply.judged
        where try !expectation.alternatives.contains(where: { try fits(entry.reply, $0) }) {
            wrong.append(entry)
        }
        guard let first = wrong.first else { return held(reply, expectation, frame) }
        var finding = wrongReply(first.reply, expectation, frame)
        finding.message =
            "\(frame.stage): expected \(expectation.expected) for each recipient, "
            + "got \(first.reply.summary)\(Self.recipient(of: first))"
        finding.notes += [
            "\(wrong.count) of \(reply.judged.count) replies to the message are not as expected"
        ]
        finding.notes += wrong.dropFirst().prefix(20).map { entry in
            "got \(entry.reply.summary)\(Self.recipient(of: entry))"
        }
        guard !expectation.isSoftened else {
            record(finding, isHopeless: false)
            return nil
        }
        throw Failure(finding: finding, isHopeless: wrong.contains { $0.reply.isPermanent })
    }

    private static func recipient(of entry: RecipientReply) -> String {
        guard let path = entry.recipient else { return " for the message" }
        return path.isEmpty ? "" : " for <\(String(decoding: path, as: UTF8.self))>"
    }
}
