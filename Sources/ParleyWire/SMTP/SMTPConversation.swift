/// What an SMTP client knows and does; ``SMTPClient`` is its face.
///
/// One value, so that each event costs the client a single exclusive access.
struct SMTPConversation {
    var isLoopback = false
    var session = SMTPSession()
    var parser: ReplyParser
    var channelBindings: [ChannelBinding] = []
    /// Whether a login broke off at a challenge, which the server should be told.
    var owesCancellation = false
    var defaultName: [UInt8]
    let limits: WireLimits
    let makeNonce: @Sendable () -> [UInt8]

    /// The verb whose reply is awaited.
    var running: RunningVerb?

    /// The verbs of a pipeline that still runs, and how many replies were handed out for it.
    var pipeline: [RunningVerb] = []
    var pipelineReplies = 0

    /// The replies to a message so far, where the server owes several.
    var series = ReplySeries()

    /// The verbs that went out raw and whose replies were not read yet.
    var owed: [RunningVerb] = []

    /// The octets of a raw `BDAT` that have not gone out yet.
    var owedContent = 0

    init(
        defaultName: String,
        limits: WireLimits,
        isLMTP: Bool = false,
        makeNonce: @escaping @Sendable () -> [UInt8]
    ) {
        session.isLMTP = isLMTP
        self.defaultName = Array(defaultName.utf8)
        self.limits = limits
        self.makeNonce = makeNonce
        self.parser = ReplyParser(limits: limits)
    }

    /// Whether the server owes a reply.
    var owesReply: Bool {
        running != nil || !owed.isEmpty || !pipeline.isEmpty || session.phase == .connected
    }

    /// The next whole reply; where a message is answered for each recipient, all of them as one.
    mutating func nextReply() throws(WireError) -> Reply? {
        while var reply = try parser.next() {
            let awaited = awaited
            // RFC 2034 §4: there a host name stands in the place of an enhanced code.
            if reply.isPositive,
                session.phase == .connected || awaited?.verb?.isAnsweredByName == true
            {
                reply.enhanced = nil
            }
            if session.answersEach, answersMessage(awaited) {
                guard let whole = series.take(reply, session) else { continue }
                reply = whole
            }
            if !pipeline.isEmpty { pipelineReplies += 1 }
            return reply
        }
        return nil
    }

    /// The verb that the next reply answers.
    private var awaited: RunningVerb? {
        guard pipeline.isEmpty else { return pipeline[min(pipelineReplies, pipeline.count - 1)] }
        return running ?? owed.first
    }

    /// Whether the next reply answers a whole message.
    private func answersMessage(_ awaited: RunningVerb?) -> Bool {
        if let awaited {
            return awaited.endsMessage || (session.phase == .data && pipeline.isEmpty)
        }
        return session.phase == .data
    }

    mutating func received(_ reply: Reply) {
        if session.phase == .connected {
            session.greet(reply)
        } else if let running {
            self.running = nil
            session.apply(running, reply)
        } else if !owed.isEmpty {
            // A server that refuses a chunk may not wait for it, nor the script go on with it.
            owedContent = 0
            session.apply(owed.removeFirst(), reply)
        } else if session.phase == .data {
            session.endData(reply)
        } else {
            session.apply(RunningVerb(verb: nil), reply)
        }
    }

    mutating func sentRaw(_ bytes: [UInt8]) {
        guard session.phase != .data else { return }
        var rest = bytes[...]
        for _ in 0..<64 {
            let content = min(owedContent, rest.count)
            owedContent -= content
            rest = rest.dropFirst(content)
            // What follows the last LF is no whole line yet.
            guard let end = rest.firstIndex(of: 0x0A) else { return }
            let verb = RunningVerb(line: rest[..<end])
            rest = rest[(end + 1)...]
            owed.append(verb)
            if verb.verb == .data { return }
            owedContent = verb.content
        }
    }

    mutating func farewell() -> [UInt8]? {
        guard !owesCancellation else {
            owesCancellation = false
            return parser.buffer.count == 0 ? Self.cancellation : nil
        }
        guard !owesReply, parser.buffer.count == 0 else { return nil }
        guard session.phase != .data, session.phase != .closed else { return nil }
        running = RunningVerb(verb: .quit)
        return Self.quit
    }

    /// RFC 4954 §4: what a client says that cannot go on with a challenge.
    private static let cancellation = Array("*\r\n".utf8)

    private static let quit = Array("QUIT\r\n".utf8)
}
