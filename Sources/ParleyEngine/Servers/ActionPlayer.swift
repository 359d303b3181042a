import ParleyNetwork
import ParleySemantics
import ParleyWire

/// Plays the actions of one rule: what stands together goes out in one write, waits and dribbles use
/// the loop's timers, and large amounts go out as fast as the peer takes them.
final class ActionPlayer {
    private unowned let connection: ServerConnection
    private let event: String
    private var actions: ArraySlice<CheckedServerRule.Action>
    private let fallback: SMTPServerReply?
    private var output: [UInt8] = []
    private var code: Int?
    private var capabilities: [String] = []
    private var dribble: (size: Int, interval: Int64)?

    /// How much is queued at most before the peer must take some.
    private static let highWater = 256 * 1024

    init(
        connection: ServerConnection,
        event: String,
        rule: CheckedServerRule?,
        fallback: SMTPServerReply?
    ) {
        self.connection = connection
        self.event = event
        self.actions = (rule?.actions ?? [])[...]
        // A rule that only offers, waits or dribbles changes how the usual reply is given.
        let replies = actions.contains { action in
            switch action {
            case .reply, .raw, .drop, .reset, .stall: true
            case .offers, .wait, .dribble: false
            }
        }
        self.fallback = replies ? nil : fallback
    }

    private var server: ScriptedServer { connection.server }
    private var loop: any Loop { server.driver.loop }

    /// Goes on with the next action.
    func play() {
        while let action = actions.popFirst() {
            switch action {
            case .reply(let code, let enhanced, let lines):
                let status = enhanced.flatMap { EnhancedStatus($0) }
                let texts = lines.map { String(decoding: server.text($0), as: UTF8.self) }
                append(SMTPServerReply(code, status, texts.isEmpty ? usualText(code) : texts))
            case .offers(let texts):
                capabilities = connection.announce(
                    texts.map { String(decoding: server.text($0), as: UTF8.self) }
                )
            case .dribble(let size, let interval):
                dribble = (max(1, size), interval)
            case .wait(let nanoseconds):
                flushNow()
                pause(nanoseconds)
                return
            case .raw(let text, let times):
                if repeated(server.text(text), times) { return }
            case .drop:
                flushNow()
                connection.finish()
                return
            case .reset:
                flushNow()
                connection.reset()
                return
            case .stall:
                flushNow()
                return
            }
        }
        if code == nil, let fallback {
            code = fallback.code
            append(fallback)
        }
        if dribble != nil, !output.isEmpty {
            drip()
        } else {
            flushNow()
            connection.answered(event, code: code)
        }
    }

    // MARK: - Private

    /// Appends a reply, the capabilities that were announced for it included.
    private func append(_ reply: SMTPServerReply) {
        var reply = reply
        reply.lines += capabilities
        capabilities = []
        code = reply.code
        let encoded = reply.encoded()
        server.note("S", Array(encoded.prefix(max(0, encoded.count - 2))))
        output += encoded
    }

    /// What a reply without a text says: the usual one, if its code is the usual one.
    private func usualText(_ code: Int) -> [String] {
        let usual = fallback ?? SMTPServerDefaults.reply(to: event, name: server.greetingName)
        return usual.code == code ? usual.lines : []
    }

    private func flushNow() {
        guard !output.isEmpty else { return }
        connection.put(output)
        output = []
    }

    private func pause(_ nanoseconds: Int64) {
        _ = loop.schedule(at: loop.now + .nanoseconds(nanoseconds)) { [weak self] in
            self?.play()
        }
    }

    private func drip() {
        guard let dribble else { return }
        guard !output.isEmpty else {
            connection.answered(event, code: code)
            return
        }
        connection.put(Array(output.prefix(dribble.size)))
        output.removeFirst(min(dribble.size, output.count))
        _ = loop.schedule(at: loop.now + .nanoseconds(dribble.interval)) { [weak self] in
            self?.drip()
        }
    }

    /// Appends octets many times; `true` if it has to go on later.
    private func repeated(_ octets: [UInt8], _ times: Int) -> Bool {
        var left = times
        while left > 0 {
            output += octets
            left -= 1
            guard output.count >= 64 * 1024, dribble == nil else { continue }
            flushNow()
            if connection.pendingBytes > Self.highWater, left > 0 {
                goOn(octets, left)
                return true
            }
        }
        return false
    }

    private func goOn(_ octets: [UInt8], _ left: Int) {
        guard connection.transport != nil else { return }
        _ = loop.schedule(at: loop.now + .milliseconds(1)) { [weak self] in
            guard let self else { return }
            if connection.pendingBytes > Self.highWater {
                goOn(octets, left)
            } else if !repeated(octets, left) {
                play()
            }
        }
    }
}
