import ParleyNetwork
import ParleySemantics
import ParleyTLS
import ParleyVerbs
import ParleyWire

/// One connection of a scripted server. It answers one command at a time: while an answer waits or
/// dribbles, what the client sends in the meantime stays unread.
final class ServerConnection: TransportHandler {
    /// The server holds its connections until they close, and so breaks the circle.
    let server: ScriptedServer
    private(set) var transport: (any Transport)?
    var codec: SMTPServerCodec
    private var tls: TLSEngine?
    private var isSecured = false
    /// Whether an answer is still being given.
    private var isBusy = true
    private var isOver = false
    /// Whether `proceed` runs: what it calls must not run it again, or a client that sends thousands of
    /// commands at once would use up the stack.
    private var isProceeding = false
    private var inputEnded = false
    private var player: ActionPlayer?
    private var exchange: SASLServerExchange?
    private var authRule: CheckedServerRule?
    /// Capabilities of the latest EHLO reply.
    private var offered: [String] = []

    init(server: ScriptedServer, transport: any Transport) {
        self.server = server
        self.transport = transport
        codec = SMTPServerCodec()
    }

    /// The connection is up.
    func begin() {
        guard transport != nil else { return }
        if server.isImplicitTLS {
            startTLS()
        } else {
            greet()
        }
    }

    /// Closes at once.
    func stop() {
        isOver = true
        transport?.close()
    }

    /// The server stops: a client that is about to take leave is given a second for it.
    func stopSoon() {
        guard !isBusy, !isOver, transport != nil else {
            stop()
            return
        }
        let loop = server.driver.loop
        _ = loop.schedule(at: loop.now + .seconds(1)) { [weak self] in self?.stop() }
    }

    // MARK: - TransportHandler

    func transportConnected(_ transport: any Transport) {}

    func transportReceived(_ bytes: UnsafeRawBufferPointer) {
        guard !isOver else { return }
        guard let tls else {
            codec.append(bytes)
            proceed()
            return
        }
        tls.receive(bytes)
        advance(tls)
    }

    func transportInputEnded() {
        inputEnded = true
        if !isBusy { finish() }
    }

    func transportClosed(_ error: TransportError?) {
        isOver = true
        transport = nil
        player = nil
        server.forget(self)
    }

    // MARK: - TLS

    private func startTLS() {
        codec.dropInput()
        do throws(TLSError) {
            let engine = try server.tlsEngine()
            tls = engine
            engine.start()
            advance(engine)
        } catch {
            server.note("*", Array("TLS: \(error.context)".utf8))
            stop()
        }
    }

    private func advance(_ engine: TLSEngine) {
        let state = engine.advance()
        flush()
        switch state {
        case .handshaking:
            return
        case .failed(let failure):
            server.note("*", Array("TLS: \(failure.detail)".utf8))
            transport?.closeAfterWriting()
        case .closed:
            takePlaintext(engine)
            finish()
        case .established:
            let isNew = !isSecured
            isSecured = true
            takePlaintext(engine)
            if isNew, server.isImplicitTLS {
                greet()
            } else {
                if isNew { isBusy = false }
                proceed()
            }
        }
    }

    private func takePlaintext(_ engine: TLSEngine) {
        while true {
            let plaintext = engine.takePlaintext()
            guard !plaintext.isEmpty else { return }
            plaintext.withUnsafeBytes { codec.append($0) }
        }
    }

    private func flush() {
        guard let output = tls?.takeOutput(), !output.isEmpty else { return }
        transport?.write(output)
    }

    // MARK: - Dialogue

    private func greet() {
        isBusy = true
        let rule = server.rule(for: "greet", subject: [], line: [])
        if rule == nil, !server.speaksSMTP {
            isBusy = false
            proceed()
            return
        }
        answer("greet", rule, default: SMTPServerDefaults.greeting(name: server.greetingName))
    }

    /// Answers what has arrived, one after another.
    private func proceed() {
        guard !isProceeding else { return }
        isProceeding = true
        defer { isProceeding = false }
        while !isBusy, !isOver {
            do throws(WireError) {
                guard let event = try codec.next() else {
                    if inputEnded { finish() }
                    return
                }
                heard(event)
            } catch {
                server.note("*", Array(error.detail.utf8))
                stop()
            }
        }
    }

    private func heard(_ event: SMTPServerEvent) {
        isBusy = true
        switch event {
        case .command(let command):
            server.log(command.verb, command.line)
            let rule = server.rule(
                for: command.verb,
                subject: Array(command.subject.utf8),
                line: command.line
            )
            heard(command, rule)
        case .body(let bytes, let size):
            server.log("body", Array("(\(size) octets)".utf8))
            let rule = server.rule(for: "body", subject: bytes, line: bytes)
            answer("body", rule, default: usual("body"))
        case .authResponse(let line):
            server.note("C", line)
            if var exchange {
                let step = exchange.receive(line)
                self.exchange = exchange
                continueAuth(step)
            } else {
                let rule = server.rule(for: "response", subject: line, line: line)
                answer("response", rule, default: SMTPServerReply(501, EnhancedStatus(5, 5, 2)))
            }
        case .raw(let bytes):
            let rule = server.rule(for: "line", subject: bytes, line: bytes)
            answer("line", rule, default: nil)
        }
    }

    private func heard(_ command: SMTPCommand, _ rule: CheckedServerRule?) {
        switch command.verb {
        case _ where !server.speaksSMTP:
            answer(command.verb, rule, default: nil)
        case "starttls" where rule == nil:
            let reply =
                offered.contains("STARTTLS") && tls == nil
                ? SMTPServerReply(220, EnhancedStatus(2, 0, 0), ["Ready to start TLS"])
                : usual("unknown")
            answer("starttls", nil, default: reply)
        case "auth" where exchanges(rule):
            authRule = rule
            var exchange = SASLServerExchange(command.argument)
            let step = exchange.start()
            self.exchange = exchange
            continueAuth(step)
        default:
            answer(command.verb, rule, default: usual(command.verb))
        }
    }

    private func usual(_ verb: String) -> SMTPServerReply {
        SMTPServerDefaults.reply(to: verb, name: server.greetingName)
    }

    /// Whether a SASL exchange comes before the rule's reply: where it judges credentials.
    private func exchanges(_ rule: CheckedServerRule?) -> Bool {
        guard let rule else { return offered.contains { $0.hasPrefix("AUTH") } }
        return rule.actions.contains { action in
            guard case .reply(let code, _, _) = action else { return false }
            return [235, 535, 454, 432].contains(code)
        }
    }

    private func continueAuth(_ step: SASLServerExchange.Step) {
        switch step {
        case .challenge(let text):
            put(Array("334 \(text)\r\n".utf8))
            codec.mode = .authResponse
            isBusy = false
            proceed()
        case .credentials:
            exchange = nil
            answer(
                "auth",
                authRule,
                default: SMTPServerReply(235, EnhancedStatus(2, 7, 0), ["Authenticated"])
            )
        case .refused:
            exchange = nil
            answer(
                "auth",
                nil,
                default: SMTPServerReply(535, EnhancedStatus(5, 7, 8), ["Authentication failed"])
            )
        case .cancelled, .malformed:
            exchange = nil
            answer(
                "auth",
                nil,
                default: SMTPServerReply(501, EnhancedStatus(5, 5, 2), ["Cancelled"])
            )
        case .unknownMechanism:
            exchange = nil
            answer(
                "auth",
                nil,
                default: SMTPServerReply(504, EnhancedStatus(5, 5, 4), ["Unknown mechanism"])
            )
        }
    }

    // MARK: - Answers

    private func answer(
        _ event: String,
        _ rule: CheckedServerRule?,
        default reply: SMTPServerReply?
    ) {
        let player = ActionPlayer(connection: self, event: event, rule: rule, fallback: reply)
        self.player = player
        player.play()
    }

    /// The answer to `event` has been given; `code` is its reply's code.
    func answered(_ event: String, code: Int?) {
        player = nil
        switch (event, code) {
        case ("data", 354): codec.mode = .body
        case ("auth", 334), ("response", 334): codec.mode = .authResponse
        case ("starttls", 220):
            startTLS()
            return
        case ("quit", 221), (_, 421):
            finish()
            return
        default: break
        }
        isBusy = false
        proceed()
    }

    /// What EHLO announces: without STARTTLS once TLS is up.
    func announce(_ capabilities: [String]) -> [String] {
        offered = capabilities.map(\.asciiUppercased)
        return capabilities.filter { tls == nil || $0.asciiUppercased != "STARTTLS" }
    }

    /// Sends plaintext.
    func put(_ bytes: [UInt8]) {
        guard !isOver else { return }
        if let tls {
            tls.write(bytes)
            flush()
        } else {
            transport?.write(bytes)
        }
    }

    /// Closes in order once everything is sent.
    func finish() {
        isOver = true
        tls?.close()
        flush()
        transport?.closeAfterWriting()
    }

    /// Closes with a reset.
    func reset() {
        isOver = true
        transport?.reset()
    }

    var pendingBytes: Int { transport?.pendingBytes ?? 0 }
}
