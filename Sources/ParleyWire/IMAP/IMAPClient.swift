public import ParleyVerbs

/// The client's side of IMAP, RFC 9051 and 3501, with STARTTLS, AUTHENTICATE (SASL-IR, RFC 4959),
/// literals (RFC 7888) and IDLE (RFC 2177).
///
/// A reply is the tagged response to a command with the untagged ones before it:
///
/// ```
/// C: A3 EXAMINE INBOX
/// S: * 17 EXISTS
/// S: A3 OK [READ-ONLY] EXAMINE completed
/// ```
public final class IMAPClient: ProtocolClient {
    private var conversation: IMAPConversation

    /// A client of a fresh connection.
    ///
    /// - Parameter makeNonce: what a SASL mechanism calls for its nonce.
    public init(
        limits: WireLimits = WireLimits(),
        makeNonce: @escaping @Sendable () -> [UInt8] = { SASLContext.randomNonce() }
    ) {
        conversation = IMAPConversation(limits: limits, makeNonce: makeNonce)
    }

    /// One of ``IMAPVerbs/states``.
    public var state: String { conversation.session.phase.rawValue }

    /// What the server told that it offers; `nil` while it has not, and since TLS or a login may
    /// have changed it.
    public var capabilities: Capabilities? { conversation.session.capabilities }

    /// Whether a login succeeded, or the greeting was PREAUTH.
    public var isAuthenticated: Bool { conversation.session.isAuthenticated }

    /// The mailboxes that the server listed or opened so far, in Unicode.
    public var mailboxes: [String] { conversation.session.mailboxes.list }

    /// Whether the peer is this machine, so that secrets may travel in clear.
    public var isLoopback: Bool {
        get { conversation.isLoopback }
        set { conversation.isLoopback = newValue }
    }

    /// What the TLS connection can be bound by; forgotten when TLS comes up.
    public var channelBindings: [ChannelBinding] {
        get { conversation.channelBindings }
        set { conversation.channelBindings = newValue }
    }

    // MARK: - Input

    /// The octets received and not yet taken.
    public var bufferedBytes: Int { conversation.parser.buffer.count }

    /// The first 512 of them, and before them the untagged responses of a reply that is not whole.
    public var heldBytes: [UInt8] { conversation.heldBytes }

    /// Whether what lies unread is no untagged response.
    public var holdsReply: Bool { conversation.holdsReply }

    /// Takes plaintext from the peer.
    public func receive(_ bytes: UnsafeRawBufferPointer) {
        conversation.parser.append(bytes)
    }

    /// The next whole reply: the greeting, a request to go on, a tagged response with the untagged
    /// ones before it, or a BYE in its place.
    public func nextReply() throws(WireError) -> Reply? { try conversation.nextReply() }

    /// An untagged response that answers nothing.
    public func nextUnsolicited() throws(WireError) -> UnsolicitedData? {
        try conversation.nextUnsolicited()
    }

    /// The untagged responses of the running command that were not handed out yet.
    public func takeNews() -> [UInt8] { conversation.takeNews() }

    /// The next line without its end. If it answers a raw command, that is known then.
    public func nextLine() throws(WireError) -> RawLine? {
        conversation.parser.restart()
        let line = try conversation.parser.buffer.takeLine(limit: conversation.limits.line)
        if let line, let response = IMAPResponse(line.bytes + [0x0D, 0x0A], flags: []),
            response.kind != .untagged
        {
            if case .tagged(let tag) = response.kind {
                conversation.session.note(response)
                conversation.answered(tag, response.word)
            } else {
                conversation.isAwaitingRest = true
            }
        }
        return line
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
    public func dropInput() { conversation.dropInput() }

    // MARK: - Verbs

    /// Starts a verb.
    ///
    /// - Throws: `imap.out-of-turn`, `imap.not-offered`, `auth.mechanism`, `auth.clear`, or
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

    /// `DONE`, once IDLE has brought something new or its time is up.
    public func prompt(isTimeUp: Bool) -> Outgoing? { conversation.prompt(isTimeUp: isTimeUp) }

    /// Always fails: tags would allow it, and what one command changes the next depends on.
    public func beginPipeline(
        _ calls: [VerbCall],
        forced: Bool,
        isEncrypted: Bool
    ) throws(WireError) -> Outgoing {
        throw WireError(.verb, "pipeline: the commands of IMAP go out one after the other")
    }

    /// Nothing is pipelined that could be resumed.
    @discardableResult
    public func resumePipelined(_ reply: Reply, at index: Int) -> VerbStep { .done(reply) }

    // MARK: - Events

    /// The greeting was read.
    public func greeted(_ reply: Reply) {
        conversation.session.greet(reply.status?.word)
    }

    /// `receive reply` read this.
    public func received(_ reply: Reply) { conversation.received(reply) }

    /// The script wrote these octets itself; the commands in them are noted by their tags.
    public func sentRaw(_ bytes: [UInt8]) { conversation.sentRaw(bytes) }

    /// TLS is up.
    public func upgraded() {
        conversation.session.upgrade()
        conversation.channelBindings = []
        conversation.running = nil
    }

    /// `LOGOUT`, if nothing is owing; `*` where a login broke off.
    public func farewell() -> [UInt8]? { conversation.farewell() }
}
