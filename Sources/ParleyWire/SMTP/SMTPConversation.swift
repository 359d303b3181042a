/// What an SMTP client knows and does; ``SMTPClient`` is its face.
///
/// One value, so that each event costs the client a single exclusive access.
struct SMTPConversation {
    var isLoopback = false
    var session = SMTPSession()
    var parser: ReplyParser
    var defaultName: [UInt8]
    let limits: WireLimits
    let makeNonce: @Sendable () -> [UInt8]

    /// The verb whose reply is awaited.
    var running: RunningVerb?

    /// The verbs of a pipeline that still runs, and how many replies were handed out for it.
    var pipeline: [RunningVerb] = []
    var pipelineReplies = 0

    /// The verbs that went out raw and whose replies were not read yet; `nil` for unknown words.
    var owed: [SMTPVerb?] = []

    init(
        defaultName: String,
        limits: WireLimits,
        makeNonce: @escaping @Sendable () -> [UInt8]
    ) {
        self.defaultName = Array(defaultName.utf8)
        self.limits = limits
        self.makeNonce = makeNonce
        self.parser = ReplyParser(limits: limits)
    }

    /// Whether the server owes a reply.
    var owesReply: Bool {
        running != nil || !owed.isEmpty || !pipeline.isEmpty || session.phase == .connected
    }

    mutating func nextReply() throws(WireError) -> Reply? {
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

    mutating func received(_ reply: Reply) {
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

    mutating func sentRaw(_ bytes: [UInt8]) {
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

    mutating func farewell() -> [UInt8]? {
        guard !owesReply, parser.buffer.count == 0 else { return nil }
        guard session.phase != .data, session.phase != .closed else { return nil }
        running = RunningVerb(verb: .quit)
        return Self.quit
    }

    private static let quit = Array("QUIT\r\n".utf8)
}
