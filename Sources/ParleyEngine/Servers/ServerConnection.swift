import ParleyDiagnostics
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
    /// Its number in the order of connections, from 1.
    let number: Int
    let log: ServerLog
    private(set) var transport: (any Transport)?
    var codec: SMTPServerCodec
    var tls: TLSEngine?
    /// What the client sent where a handshake is to begin, until the rules have spoken.
    var hello: [UInt8]?
    /// How the handshake is to be cut off.
    var handshakeCut: HandshakeCut?
    var isSecured = false
    var isAuthenticated = false
    /// Whether an answer is still being given.
    var isBusy = true
    private(set) var isOver = false
    /// Whether our half is closed.
    private(set) var isMute = false
    /// Whether `proceed` runs: what it calls must not run it again, or a client that sends
    /// thousands of commands at once would use up the stack.
    var isProceeding = false
    var inputEnded = false
    private var player: ActionPlayer?
    var exchange: SASLServerExchange?
    var authRule: CheckedServerRule?
    /// Capabilities of the latest EHLO reply.
    var offered: [String] = []
    var envelope = ServerEnvelope()
    /// The rule of a message whose recipients are being answered for.
    var bodyRule: CheckedServerRule?
    /// What is known besides where IMAP is spoken.
    var imap: IMAPServerState?
    /// What makes small pieces, if anything does.
    private(set) var shaper: ShapedTransport?
    /// The signal that is awaited, by its number on the board.
    var signal: Int?

    init(server: ScriptedServer, transport: any Transport, number: Int, log: ServerLog) {
        self.server = server
        self.number = number
        self.log = log
        self.transport = transport
        codec = SMTPServerCodec(readsChunks: server.speaksSMTP)
        if server.speaksIMAP { imap = IMAPServerState() }
        if server.isReplay { imap?.codec.placeholder = Redactor.mark }
        let options = server.options
        if options.latency > 0 || options.bandwidth > 0 { _ = shape() }
    }

    var loop: any Loop { server.driver.loop }

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
        _ = loop.schedule(at: loop.now + .seconds(1)) { [weak self] in self?.stop() }
    }

    // MARK: - TransportHandler

    func transportConnected(_ transport: any Transport) {}

    func transportReceived(_ bytes: UnsafeRawBufferPointer) {
        guard !isOver, !isCutOff else { return }
        shaper?.received(bytes.count)
        if hello != nil {
            receiveHello(bytes)
        } else if let tls {
            tls.receive(bytes)
            advance(tls)
        } else {
            take(bytes)
            proceed()
        }
    }

    func transportInputEnded() {
        inputEnded = true
        // A handshake that has lost its client is over; a rule that stalls holds on to it.
        let isInHandshake = hello?.isEmpty == false || tls != nil && !isSecured
        if isInHandshake, player == nil {
            stop()
        } else if !isBusy {
            proceed()
        }
    }

    func transportClosed(_ error: TransportError?) {
        isOver = true
        shaper?.abandon()
        transport = nil
        player = nil
        handshakeCut = nil
        if let signal { server.surroundings.signals.giveUp(signal) }
        server.forget(self)
    }

    // MARK: - Answers

    /// Counts an event and logs its line, before it is answered.
    func heard(_ word: String, _ line: [UInt8]? = nil) {
        server.log.heard(word, line)
        log.heard(word, line)
    }

    /// Logs a line.
    func note(_ speaker: String, _ line: [UInt8]) {
        server.log.note(speaker, line)
        log.note(speaker, line)
    }

    /// The rule for an event on this connection.
    func rule(for event: String, subject: [UInt8] = [], line: [UInt8] = []) -> CheckedServerRule? {
        server.rule(for: event, subject: subject, line: line, on: self)
    }

    func answer(
        _ event: String,
        _ rule: CheckedServerRule?,
        default reply: SMTPServerReply?,
        status: IMAPServerReply? = nil
    ) {
        let player = ActionPlayer(
            connection: self,
            event: event,
            rule: rule,
            fallback: reply,
            status: status
        )
        self.player = player
        player.play()
    }

    /// The answer to `event` has been given; `code` is its reply's code.
    func answered(_ event: String, code: Int?, word: StatusWord? = nil) {
        player = nil
        guard !isOver else { return }
        if imap != nil, event != "tls" {
            guard !answeredInIMAP(event, word, asksForMore: code == 334) else { return }
            isBusy = false
            return proceed()
        }
        envelope.answered(event, code: code)
        switch (event, code) {
        case ("data", 354): codec.mode = .body
        case ("auth", 334), ("response", 334): codec.mode = .authResponse
        case ("auth", 235), ("response", 235): isAuthenticated = true
        case ("starttls", 220):
            startTLS()
            return
        case ("tls", _):
            shakeHands()
            return
        case ("quit", 221), (_, 421):
            finish()
            return
        default: break
        }
        if event == "body", answerNextRecipient() { return }
        isBusy = false
        proceed()
    }

    /// Keeps plaintext of the client.
    func take(_ bytes: UnsafeRawBufferPointer) {
        if imap == nil { codec.append(bytes) } else { imap?.codec.append(bytes) }
    }

    /// What EHLO announces: without STARTTLS once TLS is up.
    func announce(_ capabilities: [String]) -> [String] {
        offered = capabilities.map(\.asciiUppercased)
        return capabilities.filter { tls == nil || $0.asciiUppercased != "STARTTLS" }
    }

    /// Sends plaintext.
    func put(_ bytes: [UInt8]) {
        guard !isOver, !isMute else { return }
        if let tls, !isCutOff {
            tls.write(bytes)
            flush()
        } else {
            transport?.write(bytes)
        }
    }

    /// Sends what TLS has made, as far as the handshake is not to be cut off.
    func flush() {
        guard var output = tls?.takeOutput(), !output.isEmpty, !isOver else { return }
        guard var cut = handshakeCut else {
            transport?.write(output)
            return
        }
        guard !cut.isReached else { return }
        output = Array(output.prefix(cut.left))
        cut.left -= output.count
        cut.isReached = cut.left == 0
        handshakeCut = cut
        transport?.write(output)
        if cut.isReached { cut.proceed() }
    }

    private var isCutOff: Bool { handshakeCut?.isReached == true }

    /// Closes in order once everything is sent.
    func finish() {
        guard !isOver else { return }
        tls?.close()
        flush()
        isOver = true
        transport?.closeAfterWriting()
    }

    /// Sends a FIN, and goes on reading; what would be answered from here on is not.
    func halfClose() {
        tls?.close()
        flush()
        isMute = true
        transport?.finishWriting()
    }

    /// Closes with a reset.
    func reset() {
        isOver = true
        transport?.reset()
    }

    /// Writes small pieces from here on.
    func shape() -> ShapedTransport? {
        guard let transport else { return nil }
        if let shaper { return shaper }
        let options = server.options
        let made = ShapedTransport(
            transport,
            loop: loop,
            latency: .nanoseconds(options.latency),
            rate: options.bandwidth
        )
        (shaper, self.transport) = (made, made)
        return made
    }

    var pendingBytes: Int { transport?.pendingBytes ?? 0 }
}
