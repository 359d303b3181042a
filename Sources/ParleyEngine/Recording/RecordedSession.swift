import ParleyVerbs
import ParleyWire

/// A connection as its server saw it: which events came, and what it did at each. It reads what the
/// client says with the same codec as the scripted server that will play it, and so has the same
/// events in the same order. Nothing that the client said is kept.
struct RecordedSession: Sendable {
    /// Whose connection it is.
    struct Origin: Sendable, Hashable {
        /// The script's path.
        var script: String
        /// The test's title.
        var title: String
        /// The attempt of the test, from 1.
        var attempt: Int
        /// `smtp`
        var protocolName: String
        /// What the script connects to.
        var target: String
    }

    enum Phase { case connecting, handshake, open, over }

    let origin: Origin
    /// The name that TLS verifies.
    let name: String?
    var steps: [RecordedStep] = []
    /// Why there was no connection.
    private(set) var failure: String?
    /// The TLS version that was agreed on: `TLSv1.3`.
    private(set) var version: String?
    /// What is wrong with the server's certificate, as a setting says it.
    private(set) var certificate: String?
    /// The statement of a conversation that runs, by its number.
    var statement = 0

    private let spec: ProtocolSpec
    private let events: Set<String>
    let scrub: @Sendable ([UInt8]) -> [UInt8]
    private var codec: SMTPServerCodec
    /// What is known besides where IMAP is spoken.
    var imap: RecordedIMAP?
    var phase = Phase.connecting
    /// What the server said that belongs to no event yet.
    private var input: [UInt8] = []
    /// The event that awaits its answer.
    var pending: Int?
    private var counter = RecordedStep.Counter()
    /// Whether the script itself writes what the client says, so that no mechanism is to be played.
    private var isByHand = false
    /// The statement that began it, and the one whose handshake showed the certificate.
    private let beginning: Int
    private var handshake = 0
    /// Whether a scripted server plays the SASL exchange that runs; its event.
    var exchange: Int?
    /// Whether the scripted server will close by itself.
    var willClose = false
    private(set) var now: Int64 = 0
    /// LMTP: how many recipients were accepted, and how many replies are due.
    private var accepted = 0
    private var due = 0

    /// A connection that is being made.
    ///
    /// - Parameters:
    ///   - events: what rules of such a server may name.
    ///   - statement: the number of the statement that connects.
    ///   - scrub: takes secrets out of what a server said.
    init(
        _ origin: Origin,
        name: String?,
        spec: ProtocolSpec,
        events: Set<String>,
        statement: Int = 0,
        scrub: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) {
        self.origin = origin
        self.name = name
        self.spec = spec
        self.events = events
        self.statement = statement
        beginning = statement
        self.scrub = scrub
        codec = SMTPServerCodec(readsChunks: spec.hasGreeting)
        if spec.family == "imap" { imap = RecordedIMAP() }
    }

    private var speaksSMTP: Bool { spec.hasGreeting && imap == nil }
    private var speaksLMTP: Bool { spec.family == "lmtp" }

    // MARK: - What happens

    /// The transport is there.
    mutating func connected() {
        guard phase == .connecting else { return }
        if spec.isImplicitTLS {
            phase = .handshake
        } else {
            greet()
        }
    }

    /// A handshake is done.
    mutating func secured(_ version: String) {
        self.version = version
        codec.dropInput()
        imap?.codec.dropInput()
        guard phase == .handshake else { return }
        if steps.isEmpty { greet() } else { phase = .open }
    }

    /// The client said something.
    ///
    /// - Parameter isByHand: whether a script wrote it.
    mutating func sent(_ octets: [UInt8], isByHand: Bool, at time: Int64) {
        now = time
        self.isByHand = isByHand
        guard phase != .over else { return }
        guard imap == nil else { return sentInIMAP(octets) }
        if pending == nil || !speaksSMTP { flush() }
        // Piece by piece: the codec holds a line's worth, and a chunk may be written at once.
        octets.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                codec.append(UnsafeRawBufferPointer(rebasing: rest.prefix(Self.pieceSize)))
                rest = rest.dropFirst(Self.pieceSize)
                proceed()
            }
        }
    }

    /// Octets; less than a codec holds.
    private static let pieceSize = 4096

    /// The server said something.
    mutating func received(_ octets: [UInt8], at time: Int64) {
        now = time
        guard phase != .over else { return }
        guard imap == nil else { return receivedInIMAP(octets) }
        input += octets
        proceed()
    }

    /// Somebody stopped waiting for the answer.
    mutating func timedOut() {
        guard let index = pending ?? steps.indices.last else { return }
        steps[index].isTimedOut = true
    }

    /// The connection is over.
    mutating func ended(_ reason: String?, isByUs: Bool) {
        let phase = phase
        self.phase = .over
        switch phase {
        case .over: return
        case .connecting: failure = reason ?? "net.closed"
        case .handshake: handshakeFailed(reason ?? "")
        case .open:
            let awaited = pending
            flush()
            let reason = reason ?? ""
            if reason == "net.reset", !willClose {
                steps[last].ending = .reset
            } else if reason.hasSuffix(".closed"), !isByUs, !willClose {
                steps[last].ending = .drop
            } else if let awaited, steps[awaited].pieces.isEmpty,
                steps[awaited].isTimedOut || reason.hasSuffix("timeout")
            {
                steps[awaited].ending = .stall
            }
        }
    }

    // MARK: - Events

    private mutating func greet() {
        phase = .open
        if spec.hasGreeting { pending = add("greet") }
        guard imap == nil else { return proceedInIMAP() }
        proceed()
    }

    /// Notes an event; its index.
    ///
    /// - Parameter verb: the command that the event is a part of; events of each are counted.
    mutating func add(_ event: String, of verb: String? = nil, linesBefore: Int = 0) -> Int {
        var step = RecordedStep(
            event: events.contains(event) ? event : "line",
            verb: verb,
            statement: statement,
            linesBefore: linesBefore,
            began: now
        )
        step.number = counter.number(of: step)
        steps.append(step)
        return steps.count - 1
    }

    /// The latest event; a server that speaks first has its greeting.
    var last: Int {
        mutating get {
            pending ?? steps.indices.last ?? add("greet")
        }
    }

    /// Goes as far as both sides allow.
    private mutating func proceed() {
        while phase == .open {
            if pending != nil, speaksSMTP {
                guard let reply = takeReply() else { return }
                answered(reply)
            } else {
                guard let event = try? codec.next() else { return }
                if !speaksSMTP { flush() }
                heard(event)
            }
        }
    }

    private mutating func heard(_ event: SMTPServerEvent) {
        switch event {
        case .command(let command) where speaksSMTP:
            pending = add(command.verb)
            exchange = nil
            if command.verb == "auth" { login(command.argument) }
        case .command: pending = add("line")
        case .chunk(let chunk):
            if chunk.isLast, speaksLMTP { message() } else { pending = add("bdat") }
        case .body: message()
        case .authResponse: pending = exchange ?? add("response")
        case .raw: break
        }
    }

    private mutating func message() {
        guard speaksLMTP, accepted > 0 else {
            pending = add("body")
            return
        }
        due = accepted
        accepted = 0
        // The message is a line itself.
        pending = add("recipient", linesBefore: 1)
    }

    mutating func login(_ argument: String) {
        // Otherwise what the server asks is kept, challenge by challenge; and what a script answers
        // by hand is no answer any more.
        guard !isByHand else { return }
        var played = SASLServerExchange(argument)
        if played.start() != .unknownMechanism { exchange = pending }
    }

    // MARK: - Answers

    private mutating func answered(_ reply: (octets: [UInt8], code: Int)) {
        guard let index = pending else { return }
        let event = steps[index].event
        pending = nil
        if reply.code == 334, event == "auth" || event == "response" {
            codec.mode = .authResponse
            if exchange == nil { steps[index].pieces.append(.challenge) }
            return
        }
        steps[index].pieces.append(.reply(scrub(reply.octets)))
        noteDelay(at: index)
        let isPositive = 200...299 ~= reply.code
        switch (event, reply.code) {
        case ("data", 354): codec.mode = .body
        case ("starttls", 220):
            codec.dropInput()
            phase = .handshake
        case ("quit", 221), (_, 421): willClose = true
        case ("rcpt", _): accepted += isPositive ? 1 : 0
        case ("mail", _), ("rset", _), ("ehlo", _), ("helo", _), ("lhlo", _): accepted = 0
        case ("recipient", _):
            due -= 1
            if due > 0 { pending = add("recipient") }
        default: break
        }
    }

    /// What came late for somebody comes late again.
    mutating func noteDelay(at index: Int) {
        if steps[index].isTimedOut { steps[index].delay = max(0, now - steps[index].began) }
    }

    /// What lies unread belongs to the latest event.
    private mutating func flush() {
        guard imap == nil else { return flushInIMAP() }
        guard !input.isEmpty else { return }
        let octets = scrub(input)
        input = []
        let index = last
        if !speaksSMTP, case .raw(let earlier)? = steps[index].pieces.last {
            steps[index].pieces[steps[index].pieces.count - 1] = .raw(earlier + octets)
        } else {
            steps[index].pieces.append(.raw(octets))
        }
        noteDelay(at: index)
    }

    /// The reply that stands at the beginning of what lies unread, if it is whole.
    private mutating func takeReply() -> (octets: [UInt8], code: Int)? {
        var start = 0
        while let feed = input[start...].firstIndex(of: 0x0A) {
            let line = input[start...feed]
            guard line.count >= 4, line.prefix(3).allSatisfy({ 0x30...0x39 ~= $0 }) else {
                return nil
            }
            if line[start + 3] != 0x2D {
                let octets = Array(input[...feed])
                input.removeSubrange(...feed)
                let code = line.prefix(3).reduce(0) { $0 * 10 + Int($1 - 0x30) }
                return (octets, code)
            }
            start = feed + 1
        }
        return nil
    }

    private mutating func handshakeFailed(_ reason: String) {
        handshake = statement
        let kinds = [
            "tls.certificate.expired": "expired", "tls.certificate.revoked": "revoked",
            "tls.certificate.not-yet-valid": "not-yet-valid",
            "tls.certificate.untrusted": "untrusted", "tls.certificate.weak": "weak-key",
            "tls.certificate.self-signed": "self-signed",
            "tls.certificate.wrong-host": "wrong-host",
        ]
        certificate = kinds[reason]
        // What was injected behind the 220 came before any handshake.
        flush()
        guard certificate == nil, reason != "tls.starttls.injected" else { return }
        let index = add("tls")
        switch reason {
        case "net.reset": steps[index].ending = .reset
        case _ where reason.hasSuffix("timeout"): steps[index].ending = .stall
        case _ where reason.hasSuffix("closed"): steps[index].ending = .drop
        case "tls.protocol": steps[index].pieces = [.raw(Array("no TLS\r\n".utf8))]
        default: steps[index].alert = "handshake_failure"
        }
    }

    /// It without what belongs to statements that nobody says again, numbered anew; `nil` if one of
    /// these began it.
    func without(_ statements: Set<Int>) -> RecordedSession? {
        guard !statements.contains(beginning) else { return nil }
        var kept = self
        kept.steps.removeAll { statements.contains($0.statement) }
        if statements.contains(handshake) { kept.certificate = nil }
        kept.counter = RecordedStep.Counter()
        for index in kept.steps.indices {
            kept.steps[index].number = kept.counter.number(of: kept.steps[index])
        }
        return kept
    }
}
