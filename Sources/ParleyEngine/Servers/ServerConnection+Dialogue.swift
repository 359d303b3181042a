import ParleySemantics
import ParleyWire

extension ServerConnection {
    func greet() {
        isBusy = true
        let rule = rule(for: "greet")
        guard imap == nil else { return greetInIMAP(rule) }
        if rule == nil, !server.speaksSMTP {
            isBusy = false
            proceed()
            return
        }
        answer("greet", rule, default: greeting)
    }

    private var greeting: SMTPServerReply {
        SMTPServerDefaults.greeting(name: server.greetingName, isLMTP: server.speaksLMTP)
    }

    /// Answers what has arrived, one after another.
    func proceed() {
        guard !isProceeding else { return }
        isProceeding = true
        defer { isProceeding = false }
        while !isBusy, !isOver {
            do throws(WireError) {
                guard try hearNext() else {
                    if inputEnded { finish() }
                    return
                }
            } catch {
                note("*", Array(error.detail.utf8))
                stop()
            }
        }
    }

    /// Hears what comes next, if it is whole.
    private func hearNext() throws(WireError) -> Bool {
        guard imap == nil else { return try hearIMAP() }
        guard let event = try codec.next() else { return false }
        heard(event)
        return true
    }

    private func heard(_ event: SMTPServerEvent) {
        isBusy = true
        switch event {
        case .command(let command):
            heard(command.verb, command.line)
            let rule = rule(
                for: command.verb,
                subject: Array(command.subject.utf8),
                line: command.line
            )
            heard(command, rule)
        case .body(let bytes, let size):
            heard("body", Array("(\(size) octets)".utf8))
            heardMessage(bytes, ruleOfCommand: nil, usual: usual("body"))
        case .chunk(let chunk):
            heard("bdat", chunk.command.line)
            envelope.add(chunk)
            let rule = rule(for: "bdat", subject: chunk.bytes, line: chunk.command.line)
            let usual = SMTPServerDefaults.reply(to: chunk)
            if chunk.isLast {
                heard("body")
                heardMessage(envelope.message, ruleOfCommand: rule, usual: usual)
            } else {
                answer("bdat", rule, default: usual)
            }
        case .authResponse(let line):
            note("C", line)
            if exchange == nil { heard("response") }
            heardResponse(line)
        case .raw(let bytes):
            answer("line", rule(for: "line", subject: bytes, line: bytes), default: nil)
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
            beginAuth(command.argument, rule)
        case "rcpt":
            envelope.candidate = command.subject
            answer("rcpt", rule, default: usual("rcpt"))
        default:
            answer(command.verb, rule, default: usual(command.verb))
        }
    }

    func usual(_ verb: String) -> SMTPServerReply? {
        SMTPServerDefaults.reply(
            to: verb,
            name: server.greetingName,
            isLMTP: server.speaksLMTP
        )
    }

    // MARK: - Messages

    /// A message is whole: one reply, or in LMTP one for each recipient (RFC 2033 section 4.2).
    private func heardMessage(
        _ message: [UInt8],
        ruleOfCommand: CheckedServerRule?,
        usual: SMTPServerReply?
    ) {
        let rule = ruleOfCommand ?? rule(for: "body", subject: message, line: message)
        guard server.speaksLMTP, ruleOfCommand == nil else {
            envelope = ServerEnvelope()
            answer("body", rule, default: usual)
            return
        }
        bodyRule = rule
        if !answerNextRecipient() {
            answer(
                "body",
                rule,
                default: SMTPServerReply(503, EnhancedStatus(5, 5, 1), ["No valid recipients"])
            )
        }
    }

    /// Answers for the next recipient of a message in LMTP; `false` if there is none left.
    func answerNextRecipient() -> Bool {
        guard server.speaksLMTP, let recipient = envelope.nextRecipient() else {
            envelope = ServerEnvelope()
            bodyRule = nil
            return false
        }
        let address = Array(recipient.utf8)
        let own = rule(for: "recipient", subject: address, line: address)
        answer(
            "body",
            own ?? bodyRule,
            default: SMTPServerReply(250, EnhancedStatus(2, 1, 5), ["<\(recipient)> delivered"])
        )
        return true
    }
}
