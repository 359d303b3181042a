internal import ParleyVerbs

/// Where an SMTP session stands, and what that allows; knows nothing of octets.
struct SMTPSession: Sendable {
    /// The states of ``SMTPVerbs/states``.
    enum Phase: String, Sendable {
        /// Connected, the greeting not yet read.
        case connected
        /// The greeting was not 2xx: RFC 5321 §3.1 leaves nothing but QUIT.
        case refused
        /// Neither EHLO nor HELO succeeded yet, or not since TLS came up.
        case greeted
        /// No transaction is open.
        case ready
        /// MAIL succeeded.
        case mail
        /// At least one RCPT succeeded.
        case recipient
        /// A chunk of the message was sent, and not yet its last.
        case chunks
        /// The server awaits the message: what is sent now is content.
        case data
        /// Over.
        case closed
    }

    var phase: Phase = .connected
    var capabilities: Capabilities?
    var isAuthenticated = false

    /// What is known of the transaction that is open.
    var transaction = Transaction()

    /// Whether LMTP is spoken.
    var isLMTP = false

    /// Whether the server owes a reply for each recipient of a message, or may.
    var answersEach: Bool { isLMTP || transaction.answersEach }

    /// Why the verb may not be sent now, or `nil` if it may.
    func problem(with call: VerbCall, _ verb: SMTPVerb?, isEncrypted: Bool) -> WireError? {
        switch phase {
        case .connected:
            return outOfTurn(call, "the greeting has not been read")
        case .data:
            // Not even if a refusal is welcome: the server would take it for the message.
            return outOfTurn(
                call,
                "the message is open; only `send`, `receive` and `close` may follow"
            )
        case .closed:
            return outOfTurn(call, "the session is over")
        default:
            break
        }
        guard !call.admitsRefusal else { return nil }
        guard phase != .refused || verb == .quit else {
            return outOfTurn(call, "the server refused the session")
        }
        return turn(call, verb, isEncrypted) ?? offer(call, verb, isEncrypted: isEncrypted)
    }

    private func turn(_ call: VerbCall, _ verb: SMTPVerb?, _ isEncrypted: Bool) -> WireError? {
        let hello = isLMTP ? "LHLO comes first" : "EHLO comes first"
        switch verb {
        case .mail:
            if phase == .greeted { return outOfTurn(call, hello) }
            if phase != .ready { return outOfTurn(call, "a transaction is open already") }
        case .rcpt:
            if phase == .chunks { return outOfTurn(call, "the message has begun with BDAT") }
            if phase != .mail, phase != .recipient {
                return outOfTurn(call, "no MAIL was accepted")
            }
        case .data:
            if phase == .chunks { return outOfTurn(call, "the message has begun with BDAT") }
            if phase != .recipient { return outOfTurn(call, "no RCPT was accepted") }
            if transaction.isBinary {
                return outOfTurn(call, "a message with BODY=BINARYMIME is sent by BDAT")
            }
        case .bdat:
            if phase != .recipient, phase != .chunks {
                return outOfTurn(call, "no RCPT was accepted")
            }
            if transaction.isSpoilt {
                return outOfTurn(call, "a chunk was refused, so that RSET comes next")
            }
        case .etrn, .xclient, .xforward:
            if phase == .greeted { return outOfTurn(call, hello) }
            if phase != .ready { return outOfTurn(call, "a transaction is open") }
        case .starttls:
            if isEncrypted { return outOfTurn(call, "TLS is up already") }
            if phase == .greeted { return outOfTurn(call, hello) }
            if phase != .ready { return outOfTurn(call, "a transaction is open") }
        case .auth:
            if phase == .greeted { return outOfTurn(call, hello) }
            if phase != .ready { return outOfTurn(call, "a transaction is open") }
            if isAuthenticated { return outOfTurn(call, "the session is logged in already") }
        default:
            break
        }
        return nil
    }

    private func outOfTurn(_ call: VerbCall, _ why: String) -> WireError {
        WireError(.outOfTurn, "\(call.spec.wireName): \(why)")
    }

    // MARK: - What replies change

    /// The greeting was read.
    mutating func greet(_ reply: Reply) {
        phase = reply.isPositive ? .greeted : .refused
        closeIfGoing(reply)
    }

    /// A verb got its final reply.
    mutating func apply(_ running: RunningVerb, _ reply: Reply) {
        if reply.isPositive {
            succeed(running, reply)
        } else if running.verb == .data, reply.isIntermediate {
            phase = .data
        } else if running.verb == .bdat {
            refuseChunk(isLast: running.endsMessage)
        }
        closeIfGoing(reply)
    }

    /// A verb of a pipeline is taken to succeed, so that the next can be judged.
    mutating func assume(_ running: RunningVerb) {
        if running.verb == .data {
            phase = .data
        } else {
            succeed(running, nil)
        }
    }

    /// The message was taken or refused.
    mutating func endData(_ reply: Reply) {
        end()
        closeIfGoing(reply)
    }

    /// TLS is up. RFC 3207 §4.2: what was learnt before is void.
    mutating func upgrade() {
        capabilities = nil
        isAuthenticated = false
        // Under implicit TLS the greeting is still to come.
        if phase != .connected { phase = .greeted }
        transaction = Transaction()
    }

    /// No transaction is open any more.
    private mutating func end() {
        phase = .ready
        transaction = Transaction()
    }

    /// RFC 3030 §2: behind a chunk that was refused, all others would be.
    private mutating func refuseChunk(isLast: Bool) {
        guard phase == .recipient || phase == .chunks else { return }
        if isLast { return end() }
        phase = .chunks
        transaction.isSpoilt = true
    }

    private mutating func succeed(_ running: RunningVerb, _ reply: Reply?) {
        switch running.verb {
        case .ehlo, .lhlo:
            if let reply { capabilities = Capabilities(reply) }
            end()
        case .helo:
            if reply != nil { capabilities = Capabilities.none }
            end()
        case .xclient:
            // The session is where the greeting left it, for another client.
            capabilities = nil
            isAuthenticated = false
            end()
            phase = .greeted
        case .auth:
            isAuthenticated = reply.map { $0.code == 235 } ?? true
        case .mail:
            phase = .mail
            transaction = running.transaction
        case .rcpt:
            phase = .recipient
            if answersEach { transaction.recipients.append(running.path) }
        case .bdat:
            if running.endsMessage { end() } else { phase = .chunks }
        case .rset:
            if phase == .mail || phase == .recipient || phase == .chunks { end() }
        case .quit:
            phase = .closed
        case .starttls, .data, .noop, .vrfy, .expn, .help, .etrn, .xforward, nil:
            break
        }
    }

    /// 421 announces that the server closes the connection, whatever it answers (RFC 5321 §3.8).
    private mutating func closeIfGoing(_ reply: Reply) {
        if reply.code == 421 { phase = .closed }
    }
}
