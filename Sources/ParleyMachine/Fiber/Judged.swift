import ParleyDiagnostics

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

    func reason(code: Int) -> String {
        switch reason {
        case .reply: "\(family).reply"
        case .fixed(let reason): reason
        case .refusal(let reason): code >= 500 ? reason : "\(family).reply"
        }
    }
}
