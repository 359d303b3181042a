/// The client's side of SMTP, RFC 5321, with STARTTLS (3207), AUTH (4954) and PIPELINING (2920).
public final class SMTPClient: ProtocolClient {
    /// Whether the peer is this machine, so that secrets may travel in clear.
    public var isLoopback = false

    var session = SMTPSession()
    var parser: ReplyParser
    let defaultName: [UInt8]
    let limits: WireLimits

    /// The verb whose reply is awaited.
    var running: RunningVerb?

    /// The verbs of a pipeline that still runs, and how many replies were handed out for it.
    var pipeline: [RunningVerb] = []
    var pipelineReplies = 0

    /// The verbs that went out raw and whose replies were not read yet; `nil` for unknown words.
    private var owed: [SMTPVerb?] = []

    /// A client of a fresh connection.
    ///
    /// - Parameter defaultName: what EHLO and HELO say where the script names no domain.
    public init(defaultName: String, limits: WireLimits = WireLimits()) {
        self.defaultName = Array(defaultName.utf8)
        self.limits = limits
        self.parser = ReplyParser(limits: limits)
    }

    /// One of ``SMTPVerbs/states``.
    public var state: String { session.phase.rawValue }

    /// What the answer to EHLO offered; `nil` before it and after TLS came up.
    public var capabilities: Capabilities? { session.capabilities }

    /// Whether AUTH succeeded.
    public var isAuthenticated: Bool { session.isAuthenticated }

    /// Whether the server owes a reply, so that only `send`, `receive` and `close` may follow.
    public var owesReply: Bool {
        running != nil || !owed.isEmpty || !pipeline.isEmpty || session.phase == .connected
    }

    // MARK: - Input

    /// The octets received and not yet taken.
    public var bufferedBytes: Int { parser.buffer.count }

    /// The first 512 of them.
    public var heldBytes: [UInt8] { parser.buffer.prefix(512) }

    /// Takes plaintext from the peer.
    public func receive(_ bytes: UnsafeRawBufferPointer) {
        parser.append(bytes)
    }

    /// The next whole reply.
    public func nextReply() throws(WireError) -> Reply? {
        guard var reply = try parser.next() else { return nil }
        let verb: SMTPVerb?
        if pipeline.isEmpty {
            verb = running.map(\.verb) ?? owed.first ?? nil
        } else {
            verb = pipeline[min(pipelineReplies, pipeline.count - 1)].verb
            pipelineReplies += 1
        }
        // RFC 2034 §4: there a host name stands in the place of an enhanced code.
        if reply.isPositive, session.phase == .connected || verb == .ehlo || verb == .helo {
            reply.enhanced = nil
        }
        return reply
    }

    /// The next line without its end.
    public func nextLine() throws(WireError) -> RawLine? {
        parser.restart()
        return try parser.buffer.takeLine(limit: limits.line)
    }

    /// The next `count` octets.
    public func nextBytes(_ count: Int) throws(WireError) -> [UInt8]? {
        parser.restart()
        return try parser.buffer.takeBytes(count)
    }

    /// Everything up to and including what `search` finds.
    public func nextBytes(
        until search: (UnsafeRawBufferPointer) -> Int?
    ) throws(WireError) -> [UInt8]? {
        parser.restart()
        return try parser.buffer.takeBytes(until: search)
    }

    /// Forgets what was received.
    public func dropInput() {
        parser.removeAll()
    }

    // MARK: - Events

    /// The greeting was read.
    public func greeted(_ reply: Reply) {
        session.greet(reply)
    }

    /// `receive reply` read this: it answers the greeting's, a raw line's, a timed-out verb's or the
    /// message's turn, in this order.
    public func received(_ reply: Reply) {
        if session.phase == .connected {
            session.greet(reply)
        } else if let running {
            self.running = nil
            session.apply(running.verb, reply)
        } else if !owed.isEmpty {
            session.apply(owed.removeFirst(), reply)
        } else if session.phase == .data {
            session.endData(reply)
        } else {
            session.apply(nil, reply)
        }
    }

    /// The script wrote these octets itself; the verbs in them are noted, so that their replies
    /// change the session as if the verbs had been sent by name.
    public func sentRaw(_ bytes: [UInt8]) {
        guard session.phase != .data else { return }
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        // What follows the last LF is no whole line yet.
        lines.removeLast()
        for line in lines.prefix(64) {
            let verb = SMTPVerb(line: line)
            owed.append(verb)
            if verb == .data { break }
        }
    }

    /// TLS is up.
    public func upgraded() {
        session.upgrade()
        running = nil
    }

    /// `QUIT`, if nothing is owing and no message is open.
    public func farewell() -> [UInt8]? {
        guard !owesReply, bufferedBytes == 0 else { return nil }
        guard session.phase != .data, session.phase != .closed else { return nil }
        running = RunningVerb(verb: .quit)
        return Self.quit
    }

    private static let quit = Array("QUIT\r\n".utf8)
}
