/// How much a peer may say before it is cut off. All in octets unless they say otherwise.
public struct WireLimits: Hashable, Sendable {
    /// One line with its line end.
    public var line: Int

    /// The lines of one reply.
    public var replyLines: Int

    /// One reply with all its lines.
    public var reply: Int

    /// What is kept unread; a peer that sends more meanwhile is at fault.
    public var buffer: Int

    /// What a scripted server keeps of a message's body; the rest is only counted.
    public var body: Int

    /// The challenges of one SASL exchange; the longest mechanism that is spoken takes three.
    public var challenges: Int

    /// The octets of one literal (RFC 9051 §4.3).
    public var literal: Int

    /// Limits; the defaults are those of the language reference.
    public init(
        line: Int = 8 * 1024,
        replyLines: Int = 256,
        reply: Int = 64 * 1024,
        buffer: Int = 1024 * 1024,
        body: Int = 1024 * 1024,
        challenges: Int = 16,
        literal: Int = 1024 * 1024
    ) {
        self.line = line
        self.replyLines = replyLines
        self.reply = reply
        self.buffer = buffer
        self.body = body
        self.challenges = challenges
        self.literal = literal
    }
}
