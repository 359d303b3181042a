internal import ParleyVerbs

/// What an IMAP client knows and does; ``IMAPClient`` is its face.
struct IMAPConversation {
    var isLoopback = false
    var session = IMAPSession()
    var parser: IMAPParser
    var channelBindings: [ChannelBinding] = []
    /// Whether a login broke off at a challenge, which the server should be told.
    var owesCancellation = false
    let limits: WireLimits
    let makeNonce: @Sendable () -> [UInt8]

    /// The command whose tagged response is awaited.
    var running: RunningCommand?

    /// The commands that went out raw and whose responses were not read yet.
    var owed: [(tag: [UInt8], verb: IMAPVerb?)] = []

    /// Whether the next raw line goes on with a command.
    var isAwaitingRest = false

    /// The responses of the reply that is being put together.
    private var held: [UInt8] = []
    private var starts: [Int] = []
    private var flags: ReplyFlags = []
    /// How much of ``held`` has been handed out by ``takeNews()``.
    private var shown = 0
    private var failure: WireError?
    private var tags = 0

    /// The responses that a reply may have at most.
    private static let responseFloor = 16_384
    /// How many commands of raw lines are remembered.
    private static let owedLimit = 64

    init(limits: WireLimits, makeNonce: @escaping @Sendable () -> [UInt8]) {
        self.limits = limits
        self.makeNonce = makeNonce
        parser = IMAPParser(limits: limits)
    }

    /// Whether the server owes a reply.
    var owesReply: Bool { running != nil || !owed.isEmpty || session.phase == .connected }

    /// The first octets that belong to nothing whole.
    var heldBytes: [UInt8] {
        let responses = held.prefix(512)
        return responses + parser.buffer.prefix(512 - responses.count)
    }

    /// Whether what lies unread is no untagged response, the only thing that may come at any time.
    var holdsReply: Bool {
        failure != nil || parser.buffer.prefix(1).first.map { $0 != 0x2A } ?? false
    }

    mutating func nextTag() -> [UInt8] {
        tags += 1
        return Array("A\(tags)".utf8)
    }

    // MARK: - Replies

    mutating func nextReply() throws(WireError) -> Reply? {
        if let failure { throw failure }
        do {
            while let response = try parser.next() {
                if let reply = try take(response) { return reply }
            }
            return nil
        } catch {
            failure = error
            throw error
        }
    }

    /// Adds a response to the reply, and returns that if it is whole now.
    private mutating func take(_ response: IMAPResponse) throws(WireError) -> Reply? {
        guard session.phase != .connected else { return try takeGreeting(response) }
        session.note(response)
        switch response.kind {
        case .untagged:
            try collect(response)
            if running?.isIdling == true, response.word == nil { running?.hasNews = true }
            let isAnswer = running?.verb == .logout || owed.contains { $0.verb == .logout }
            return response.word == .bye && !isAnswer ? finish(response) : nil
        case .continuation:
            guard running?.awaitsContinuation ?? true else {
                throw WireError(
                    .unsolicited,
                    "the server asks for the rest of a command that is whole",
                    bytes: response.raw
                )
            }
            return Self.reply(response, raw: response.raw, starts: [0], flags: response.flags)
        case .tagged(let tag):
            guard running.map({ $0.tag == tag }) ?? true else {
                throw WireError(
                    .unsolicited,
                    "the server answers a command that was not sent",
                    bytes: response.raw
                )
            }
            try collect(response)
            return finish(response)
        }
    }

    private mutating func takeGreeting(_ response: IMAPResponse) throws(WireError) -> Reply {
        guard response.kind == .untagged,
            let word = response.word, [.ok, .preauth, .bye].contains(word)
        else {
            throw WireError(
                .malformed,
                "a greeting begins with `* OK`, `* PREAUTH` or `* BYE`",
                bytes: response.raw
            )
        }
        session.note(response)
        try collect(response)
        return finish(response)
    }

    private mutating func collect(_ response: IMAPResponse) throws(WireError) {
        starts.append(held.count)
        held += response.raw
        flags.formUnion(response.flags)
        let octets = max(limits.reply, IMAPParser.replyFloor) + 16 * limits.literal
        let responses = max(limits.replyLines, Self.responseFloor)
        guard starts.count <= responses, held.count <= octets else {
            throw WireError(
                .reply,
                "the reply is longer than \(responses) responses or \(octets) octets",
                bytes: response.raw
            )
        }
    }

    private mutating func finish(_ response: IMAPResponse) -> Reply {
        var reply = Self.reply(response, raw: held, starts: starts, flags: flags)
        reply.shown = shown
        forgetHeld()
        return reply
    }

    private static func reply(
        _ response: IMAPResponse,
        raw: [UInt8],
        starts: [Int],
        flags: ReplyFlags
    ) -> Reply {
        Reply(
            code: 0,
            enhanced: nil,
            flags: flags,
            lineCount: starts.count,
            raw: raw,
            status: StatusResponse(
                word: response.word ?? .ok,
                starts: starts,
                textStart: raw.count - response.raw.count + response.textStart
            )
        )
    }

    private mutating func forgetHeld() {
        held = []
        starts = []
        flags = []
        shown = 0
    }

    mutating func dropInput() {
        parser.removeAll()
        failure = nil
        forgetHeld()
    }

    /// What came of a reply that is not whole yet, once.
    mutating func takeNews() -> [UInt8] {
        guard held.count > shown else { return [] }
        defer { shown = held.count }
        return Array(held[shown...])
    }

    /// An untagged response while nothing runs.
    mutating func nextUnsolicited() throws(WireError) -> UnsolicitedData? {
        guard !owesReply, !holdsReply, let response = try parser.next() else { return nil }
        session.note(response)
        guard response.word == .bye else {
            return UnsolicitedData(bytes: response.raw, farewell: nil)
        }
        session.phase = .closed
        return UnsolicitedData(
            bytes: response.raw,
            farewell: Self.reply(response, raw: response.raw, starts: [0], flags: response.flags)
        )
    }

    // MARK: - Raw lines

    /// `receive reply` read this.
    mutating func received(_ reply: Reply) {
        let word = reply.status?.word
        if session.phase == .connected {
            session.greet(word)
        } else if word == .continuation {
            isAwaitingRest = running == nil
        } else if let running {
            self.running = nil
            finish(running, word)
        } else {
            answered(reply.tag, word)
        }
    }

    /// A tagged response to a raw line.
    mutating func answered(_ tag: [UInt8], _ word: StatusWord?) {
        isAwaitingRest = false
        let command = owed.first { $0.tag == tag }
        owed.removeAll { $0.tag == tag }
        if word == .bye { owed = [] }
        session.apply(command?.verb, word)
    }

    /// A command came to its end.
    mutating func finish(_ command: RunningCommand, _ word: StatusWord?) {
        session.apply(command.verb, word)
        if word == .ok { session.note(command.verb, command.mailboxes) }
    }

    mutating func sentRaw(_ bytes: [UInt8]) {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        // What follows the last LF is no whole line yet.
        lines.removeLast()
        for line in lines where owed.count < Self.owedLimit {
            let words = line.filter { $0 != 0x0D }.split(separator: 0x20)
            // What follows a literal's header, or answers a challenge, is no command.
            let isRest = isAwaitingRest
            isAwaitingRest = (Array(line) + [0x0A]).withUnsafeBytes {
                LiteralHeader(endOf: $0) != nil
            }
            guard !isRest, words.count > 1 else { continue }
            owed.append((Array(words[0]), IMAPVerb(wire: words[1])))
        }
    }
}

extension Reply {
    /// The tag of the response that has the word.
    var tag: [UInt8] {
        guard let status, let start = status.starts.last else { return [] }
        return Array(raw[start...].prefix { $0 != 0x20 })
    }
}
