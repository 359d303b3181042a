/// One of several replies to one message: LMTP answers it once for each recipient that it accepted
/// (RFC 2033 §4.2), and so does SMTP with PRDR.
public struct RecipientReply: Hashable, Sendable {
    /// The recipient, as RCPT named it, without brackets. `nil` for a reply to the message as a
    /// whole.
    public let recipient: [UInt8]?

    /// The reply.
    public let reply: Reply
}

extension Reply {
    /// The replies for recipients if this one answers a message for each of them, else this one.
    public var replies: [RecipientReply] {
        let each = series.filter { $0.recipient != nil }
        return each.isEmpty ? [RecipientReply(recipient: nil, reply: self)] : each
    }

    /// What is judged where several replies came: all but the one that announces them (353).
    public var judged: [RecipientReply] {
        series.isEmpty
            ? [RecipientReply(recipient: nil, reply: self)]
            : series.filter { $0.recipient != nil || !$0.reply.isIntermediate }
    }

    /// All octets as they came, those of a whole series included: what a transcript shows.
    public var received: [UInt8] {
        guard shown == 0 else { return Array(raw.dropFirst(shown)) }
        return series.isEmpty ? raw : series.flatMap(\.reply.raw)
    }
}
