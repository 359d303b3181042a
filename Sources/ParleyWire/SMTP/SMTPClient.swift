public import ParleyVerbs

/// The client's side of SMTP, RFC 5321, with STARTTLS (3207), AUTH (4954), PIPELINING (2920) and
/// CHUNKING (3030); and of LMTP, RFC 2033.
public final class SMTPClient: ProtocolClient {
    private var conversation: SMTPConversation

    /// A client of a fresh connection.
    ///
    /// - Parameters:
    ///   - defaultName: what EHLO and HELO say where the script names no domain.
    ///   - isLMTP: whether the server speaks LMTP, and answers a message for each recipient.
    ///   - makeNonce: what a SASL mechanism calls for its nonce; see ``SASLContext/makeNonce``.
    public init(
        defaultName: String,
        limits: WireLimits = WireLimits(),
        isLMTP: Bool = false,
        makeNonce: @escaping @Sendable () -> [UInt8] = { SASLContext.randomNonce() }
    ) {
        conversation = SMTPConversation(
            defaultName: defaultName,
            limits: limits,
            isLMTP: isLMTP,
            makeNonce: makeNonce
        )
    }

    /// One of ``SMTPVerbs/states``.
    public var state: String { conversation.session.phase.rawValue }

    /// What the answer to EHLO offered; `nil` before it and after TLS came up.
    public var capabilities: Capabilities? { conversation.session.capabilities }

    /// Whether AUTH succeeded.
    public var isAuthenticated: Bool { conversation.session.isAuthenticated }

    /// Whether the server owes a reply, so that only `send`, `receive` and `close` may follow.
    public var owesReply: Bool { conversation.owesReply }

    /// Whether the peer is this machine, so that secrets may travel in clear.
    public var isLoopback: Bool {
        get { conversation.isLoopback }
        set { conversation.isLoopback = newValue }
    }

    /// Changes what EHLO and HELO say where the script names no domain.
    public func introduce(as name: String) {
        conversation.defaultName = Array(name.utf8)
    }

    /// What the TLS connection can be bound by; forgotten when TLS comes up.
    public var channelBindings: [ChannelBinding] {
        get { conversation.channelBindings }
        set { conversation.channelBindings = newValue }
    }

    // MARK: - Input

    /// The octets received and not yet taken.
    public var bufferedBytes: Int { conversation.parser.buffer.count }

    /// The first 512 of them, and before them the replies to a message that others still follow.
    public var heldBytes: [UInt8] {
        let replies = conversation.series.held.prefix(512)
        return replies + conversation.parser.buffer.prefix(512 - replies.count)
    }

    /// Takes plaintext from the peer.
    public func receive(_ bytes: UnsafeRawBufferPointer) {
        conversation.parser.append(bytes)
    }

    /// The next whole reply; where the server owes several to one message, all of them as one
    /// (``Reply/series``).
    public func nextReply() throws(WireError) -> Reply? {
        try conversation.nextReply()
    }

    /// The next line without its end.
    public func nextLine() throws(WireError) -> RawLine? {
        conversation.parser.restart()
        return try conversation.parser.buffer.takeLine(limit: conversation.limits.line)
    }

    /// The next `count` octets.
    public func nextBytes(_ count: Int) throws(WireError) -> [UInt8]? {
        conversation.parser.restart()
        return try conversation.parser.buffer.takeBytes(count)
    }

    /// Everything up to the octet that `search` returns.
    public func nextBytes(
        until search: (UnsafeRawBufferPointer) -> Int?
    ) throws(WireError) -> [UInt8]? {
        conversation.parser.restart()
        return try conversation.parser.buffer.takeBytes(until: search)
    }

    /// Forgets what was received.
    public func dropInput() {
        conversation.parser.removeAll()
    }

    // MARK: - Verbs

    /// Starts a verb.
    ///
    /// - Throws: `smtp.out-of-turn`, `smtp.not-offered`, `auth.mechanism`, `auth.clear`, or
    ///   `script.verb` for arguments that cannot be put on the wire.
    public func begin(_ call: VerbCall, isEncrypted: Bool) throws(WireError) -> VerbStep {
        try conversation.begin(call, isEncrypted: isEncrypted)
    }

    /// Gives the running verb a reply.
    ///
    /// - Throws: `auth.refused`, `auth.mechanism` or `limit.challenges` where a SASL exchange
    ///   cannot go on; the session is over then.
    public func resume(_ reply: Reply) throws(WireError) -> VerbStep {
        try conversation.resume(reply)
    }

    /// Encodes several verbs to be written at once, RFC 2920.
    ///
    /// Unless `forced`, the server must offer PIPELINING, every verb must be in turn if those
    /// before it succeed, and what must come last comes last.
    public func beginPipeline(
        _ calls: [VerbCall],
        forced: Bool,
        isEncrypted: Bool
    ) throws(WireError) -> Outgoing {
        try conversation.beginPipeline(calls, forced: forced, isEncrypted: isEncrypted)
    }

    /// Gives the verb at `index` of the pipeline its reply.
    @discardableResult
    public func resumePipelined(_ reply: Reply, at index: Int) throws(WireError) -> VerbStep {
        try conversation.resumePipelined(reply, at: index)
    }

    // MARK: - Events

    /// The greeting was read.
    public func greeted(_ reply: Reply) {
        conversation.session.greet(reply)
    }

    /// `receive reply` read this: it answers the greeting's, a timed-out verb's, a raw line's or
    /// the message's turn, in this order.
    public func received(_ reply: Reply) {
        conversation.received(reply)
    }

    /// The script wrote these octets itself; the verbs in them are noted, so that their replies
    /// change the session as if the verbs had been sent by name.
    public func sentRaw(_ bytes: [UInt8]) {
        conversation.sentRaw(bytes)
    }

    /// TLS is up.
    public func upgraded() {
        conversation.session.upgrade()
        conversation.channelBindings = []
        conversation.running = nil
    }

    /// `QUIT`, if nothing is owing and no message is open; `*` where a login broke off.
    public func farewell() -> [UInt8]? {
        conversation.farewell()
    }
}
