import ParleyDiagnostics
import ParleyVerbs
import ParleyWire

/// What a reply answers, for the report.
struct Judged {
    /// Which reason a wrong reply has.
    enum Reason: Sendable {
        /// `smtp.reply`
        case reply
        /// The same for every wrong reply.
        case fixed(String)
        /// For a permanent refusal; else `smtp.reply`.
        case refusal(String)
    }

    /// `RCPT`, `banner`
    var stage: String
    /// The protocol's family.
    var family: String
    var reason: Reason
    var handle: (any SessionHandle)?
    /// Where a verb of a pipeline stands.
    var place: SourcePlace?

    func reason(of reply: Reply) -> String {
        switch reason {
        case .reply: "\(family).reply"
        case .fixed(let reason): reason
        case .refusal(let reason): Self.refusesLogin(reply) ? reason : "\(family).reply"
        }
    }

    /// 5xx; or NO, unless its response code says that the server is to blame (RFC 5530 §3).
    private static func refusesLogin(_ reply: Reply) -> Bool {
        guard let status = reply.status else { return reply.isPermanent }
        let faults = ["UNAVAILABLE", "SERVERBUG", "INUSE", "LIMIT"]
        return status.word == .no && !faults.contains { reply.hasResponseCode($0) }
    }
}
