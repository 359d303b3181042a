import ParleyNetwork
import ParleySemantics
import ParleyVerbs
import ParleyWire

/// Plays the actions of one rule: what stands together goes out in one write, waits and dribbles
/// use the loop's timers, and large amounts go out as fast as the peer takes them.
final class ActionPlayer {
    private unowned let connection: ServerConnection
    private let event: String
    private let rule: CheckedServerRule?
    private var actions: ArraySlice<CheckedServerRule.Action>
    private let fallback: SMTPServerReply?
    private let status: IMAPServerReply?
    private let hasReply: Bool
    private var output = OutputQueue()
    private var code: Int?
    private var word: StatusWord?
    /// Whether the rule has data of its own, in the place of the usual.
    private var hasData = false
    private var capabilities: [String] = []
    private var dribble: (size: Int, interval: Int64)?
    private var cut: Int?
    /// Whether a handshake was begun, to be broken off.
    private var isCutting = false
    private var ending: [UInt8] = [0x0D, 0x0A]

    /// How much is queued at most before the peer must take some.
    private static let highWater = 256 * 1024
    /// How much is written at a time.
    private static let chunk = 64 * 1024

    init(
        connection: ServerConnection,
        event: String,
        rule: CheckedServerRule?,
        fallback: SMTPServerReply?,
        status: IMAPServerReply? = nil
    ) {
        self.connection = connection
        self.event = event
        self.rule = rule
        self.actions = (rule?.actions ?? [])[...]
        // A rule that only offers, waits or dribbles changes how the usual reply is given.
        let replies = actions.contains { action in
            switch action {
            case .reply, .status, .raw, .challenge, .alert, .halfClose, .drop, .reset, .stall: true
            case .offers, .wait, .dribble, .cut, .ending, .split, .sasl, .signal, .await, .absent,
                .untagged:
                false
            }
        }
        self.status = status
        hasReply = replies
        self.fallback = replies ? nil : fallback
    }

    private var server: ScriptedServer { connection.server }
    private var loop: any Loop { server.driver.loop }
    private var isHandshake: Bool { event == "tls" }

    /// Goes on with the next action.
    func play() {
        while let action = actions.first {
            if isHandshake, let cut, action.breaksOff {
                breakOff(after: cut)
                return
            }
            actions.removeFirst()
            switch action {
            case .reply(let code, let enhanced, let lines):
                let status = enhanced.flatMap { EnhancedStatus($0) }
                let texts = lines.map { String(decoding: server.text($0), as: UTF8.self) }
                append(SMTPServerReply(code, status, texts.isEmpty ? usualText(code) : texts))
            case .status(let word, let code, let text):
                append(
                    IMAPServerReply(
                        word,
                        code: code ?? announced,
                        text.map { String(decoding: server.text($0), as: UTF8.self) } ?? usualText
                    )
                )
            case .untagged(let text):
                hasData = true
                append(untagged: server.text(text))
            case .offers(let texts) where connection.imap != nil:
                offer(texts.map { String(decoding: server.text($0), as: UTF8.self) })
            case .offers(let texts):
                capabilities = connection.announce(
                    texts.map { String(decoding: server.text($0), as: UTF8.self) }
                )
            case .dribble(let size, let interval): dribble = (max(1, size), interval)
            case .cut(let octets): cut = octets
            case .ending(let text): ending = server.text(text)
            case .split(let octets): connection.shape()?.split = octets
            case .sasl: break
            case .challenge(let text):
                let challenge = Base64.encode(server.text(text))
                if connection.imap != nil {
                    code = 334
                    append(line: Array("+ ".utf8) + challenge)
                    continue
                }
                append(SMTPServerReply(334, nil, [String(decoding: challenge, as: UTF8.self)]))
            case .wait(let nanoseconds):
                flush { $0.after(nanoseconds) { $0.play() } }
                return
            case .raw(let text, let times):
                let octets = server.text(text)
                if server.isReplay || event == "literal" { understand(octets) }
                output.append(octets, times: times)
            case .absent: break
            case .alert(let number):
                // A fatal alert in a record of its own, RFC 8446 §6.
                output.append([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, number])
            case .signal(let name):
                flush {
                    $0.server.surroundings.signals.signal($0.nameOfSignal(name))
                    $0.play()
                }
                return
            case .await(let name, let limit):
                flush { $0.awaitSignal(name, limit) }
                return
            case .halfClose:
                flush {
                    $0.connection.halfClose()
                    $0.play()
                }
                return
            case .drop, .reset, .stall:
                leave(action)
                return
            }
        }
        if code == nil, let fallback {
            code = fallback.code
            append(fallback)
        }
        if let status, !hasReply, word == nil {
            if !hasData { status.untagged.forEach { append(untagged: Array($0.utf8)) } }
            var status = status
            if let announced { status.code = announced }
            append(status)
        }
        if isHandshake {
            handshake()
        } else {
            flush { $0.connection.answered($0.event, code: $0.code, word: $0.word) }
        }
    }

    /// Takes from octets what they say, where that matters to what follows.
    private func understand(_ octets: [UInt8]) {
        if let imap = connection.imap {
            if word == nil { word = IMAPServerCodec.word(answering: imap.tag, in: octets) }
        } else if code == nil {
            code = Self.code(of: octets)
        }
    }

    /// The code of a whole reply that is written out octet by octet: a recording does so where the
    /// reply is an odd one.
    private static func code(of octets: [UInt8]) -> Int? {
        guard octets.last == 0x0A,
            let line = octets.dropLast().split(separator: 0x0A).last, line.count >= 3,
            line.prefix(3).allSatisfy({ 0x30...0x39 ~= $0 })
        else { return nil }
        return line.prefix(3).reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private func awaitSignal(_ name: Int, _ limit: Int64) {
        connection.awaitSignal(nameOfSignal(name), within: limit, rule) { [weak self] in
            self?.play()
        }
    }

    // MARK: - Endings

    /// Closes, breaks off or falls silent, once what stands before is sent.
    private func leave(_ action: CheckedServerRule.Action) {
        flush { player in
            switch action {
            case .drop: player.connection.finish()
            case .reset: player.connection.reset()
            default: break
            }
        }
    }

    /// The rule of a handshake has done what it has to do before it.
    private func handshake() {
        // What is sent in place of a handshake, or in its midst, is all that the client gets.
        guard output.isEmpty, !isCutting else {
            flush { _ in }
            return
        }
        if let cut {
            breakOff(after: cut)
            return
        }
        shapeHandshake()
        connection.answered(event, code: nil)
    }

    /// Begins the handshake; the actions go on behind so many octets of it.
    private func breakOff(after octets: Int) {
        cut = nil
        isCutting = true
        connection.handshakeCut = HandshakeCut(left: octets) { self.play() }
        shapeHandshake()
        connection.answered(event, code: nil)
    }

    /// Lets the octets of the handshake drip, if the rule says so.
    private func shapeHandshake() {
        if let dribble { connection.shape()?.dribble = dribble }
    }

    // MARK: - IMAP

    /// What the rule announces; a response code where no data of CAPABILITY shows it.
    private var announced: String? {
        guard !capabilities.isEmpty, event != "capability" else { return nil }
        return "CAPABILITY \(capabilities.joined(separator: " "))"
    }

    private var usualText: String { status?.text ?? "\(event.asciiUppercased) completed" }

    private func offer(_ keywords: [String]) {
        connection.imap?.offered = keywords
        capabilities = connection.capabilities
        guard event == "capability" else { return }
        hasData = true
        append(untagged: Array("CAPABILITY \(capabilities.joined(separator: " "))".utf8))
    }

    private func append(_ status: IMAPServerReply) {
        word = status.word
        append(line: status.line(tag: connection.imap?.tag ?? []))
    }

    private func append(untagged data: [UInt8]) {
        append(line: Array("* ".utf8) + data)
    }

    /// Appends a line, cut off or ended as the rule says.
    private func append(line: [UInt8]) { append(encoded: line + ending) }

    /// Appends what ends with `ending`, cut off as the rule says.
    private func append(encoded whole: [UInt8]) {
        let isWhole = cut.map { $0 >= whole.count } ?? true
        let encoded = cut.map { Array(whole.prefix($0)) } ?? whole
        cut = nil
        connection.note("S", Array(encoded.prefix(encoded.count - (isWhole ? ending.count : 0))))
        output.append(encoded)
    }

    // MARK: - Output

    /// Appends a reply, the capabilities that were announced for it included.
    private func append(_ reply: SMTPServerReply) {
        var reply = reply
        reply.lines += capabilities
        capabilities = []
        code = reply.code
        append(encoded: reply.encoded(ending: ending))
        ending = [0x0D, 0x0A]
    }

    /// What a reply without a text says: the usual one, if its code is the usual one.
    private func usualText(_ code: Int) -> [String] {
        let usual = fallback ?? connection.usual(event)
        return usual?.code == code ? usual?.lines ?? [] : []
    }

    private func nameOfSignal(_ text: Int) -> String {
        String(decoding: server.text(text), as: UTF8.self)
    }

    /// Sends what is queued, as the rule wants it sent, then goes on.
    private func flush(_ next: @escaping (ActionPlayer) -> Void) {
        guard !output.isEmpty else {
            next(self)
            return
        }
        if let dribble {
            connection.put(output.take(dribble.size))
            after(dribble.interval) { $0.flush(next) }
            return
        }
        // A server that writes what nobody reads stops when enough waits for the reader.
        while !output.isEmpty {
            guard connection.transport != nil else { return }
            guard connection.pendingBytes <= Self.highWater else {
                after(1_000_000) { $0.flush(next) }
                return
            }
            connection.put(output.take(Self.chunk))
        }
        next(self)
    }

    private func after(_ nanoseconds: Int64, _ body: @escaping (ActionPlayer) -> Void) {
        _ = loop.schedule(at: loop.now + .nanoseconds(nanoseconds)) { [weak self] in
            if let self { body(self) }
        }
    }
}

extension CheckedServerRule.Action {
    /// Whether it comes behind the octets of a handshake that is cut.
    fileprivate var breaksOff: Bool {
        switch self {
        case .alert, .raw, .halfClose, .drop, .reset, .stall: true
        case .reply, .status, .untagged, .offers, .dribble, .wait, .cut, .ending, .split,
            .challenge, .sasl, .signal, .await, .absent:
            false
        }
    }
}
