/// Puts together the replies to one message where the server owes several.
///
/// ```
/// C: BDAT 7 LAST
/// S: 250 2.1.5 <anna@example.org> stored
/// S: 452 4.2.2 <bert@example.org> mailbox full
/// ```
struct ReplySeries {
    /// What came so far.
    private(set) var replies: [RecipientReply] = []

    /// The octets of what came so far, for reports.
    var held: [UInt8] { replies.flatMap(\.reply.raw) }

    /// Takes the next reply.
    ///
    /// - Returns: the reply that stands for all; `nil` while some are owing.
    mutating func take(_ reply: Reply, _ session: SMTPSession) -> Reply? {
        session.isLMTP
            ? takeLMTP(reply, session.transaction.recipients)
            : takePRDR(reply, session.transaction.recipients)
    }

    private mutating func takeLMTP(_ reply: Reply, _ recipients: [[UInt8]]) -> Reply? {
        // A message for nobody, and a command that was not understood, are answered once.
        if replies.isEmpty, recipients.isEmpty || (500...504).contains(reply.code) {
            return reply
        }
        replies.append(
            RecipientReply(recipient: recipients[replies.count], reply: reply)
        )
        // Behind a 421 nothing comes.
        guard replies.count == recipients.count || reply.code == 421 else { return nil }
        return finish(worst(of: reply))
    }

    private mutating func takePRDR(_ reply: Reply, _ recipients: [[UInt8]]) -> Reply? {
        if replies.isEmpty {
            guard reply.code == 353 else { return reply }
            replies.append(RecipientReply(recipient: nil, reply: reply))
            return nil
        }
        let isFinal = replies.count > recipients.count || reply.code == 421
        replies.append(
            RecipientReply(
                recipient: isFinal ? nil : recipients[replies.count - 1],
                reply: reply
            )
        )
        return isFinal ? finish(reply) : nil
    }

    /// A 421, for it ends the session; else the first of the worst class.
    private func worst(of last: Reply) -> Reply {
        guard last.code != 421 else { return last }
        var worst = replies.first?.reply ?? last
        for entry in replies where entry.reply.severity > worst.severity { worst = entry.reply }
        return worst
    }

    private mutating func finish(_ reply: Reply) -> Reply {
        var whole = reply
        whole.series = replies
        replies = []
        return whole
    }
}
