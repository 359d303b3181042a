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
        /// The server awaits the message: what is sent now is content.
        case data
        /// Over.
        case closed
    }

    var phase: Phase = .connected
    var capabilities: Capabilities?
    var isAuthenticated = false

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
        return turn(call, verb, isEncrypted) ?? offer(call)
    }

    private func turn(_ call: VerbCall, _ verb: SMTPVerb?, _ isEncrypted: Bool) -> WireError? {
        switch verb {
        case .mail:
            if phase == .greeted { return outOfTurn(call, "EHLO comes first") }
            if phase != .ready { return outOfTurn(call, "a transaction is open already") }
        case .rcpt:
            if phase != .mail, phase != .recipient {
                return outOfTurn(call, "no MAIL was accepted")
            }
        case .data:
            if phase != .recipient { return outOfTurn(call, "no RCPT was accepted") }
        case .starttls:
            if isEncrypted { return outOfTurn(call, "TLS is up already") }
            if phase == .greeted { return outOfTurn(call, "EHLO comes first") }
            if phase != .ready { return outOfTurn(call, "a transaction is open") }
        case .auth:
            if phase == .greeted { return outOfTurn(call, "EHLO comes first") }
            if phase != .ready { return outOfTurn(call, "a transaction is open") }
            if isAuthenticated { return outOfTurn(call, "the session is logged in already") }
        default:
            break
        }
        return nil
    }

    private func offer(_ call: VerbCall) -> WireError? {
        guard let keyword = call.spec.requires, capabilities?.offers(keyword) != true else {
            return nil
        }
        return WireError(.notOffered, "\(call.spec.wireName): the server does not offer \(keyword)")
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
    mutating func apply(_ verb: SMTPVerb?, _ reply: Reply) {
        if reply.isPositive {
            succeed(verb, reply)
        } else if verb == .data, reply.isIntermediate {
            phase = .data
        }
        closeIfGoing(reply)
    }

    /// A verb of a pipeline is taken to succeed, so that the next can be judged.
    mutating func assume(_ verb: SMTPVerb?) {
        if verb == .data {
            phase = .data
        } else {
            succeed(verb, nil)
        }
    }

    /// The message was taken or refused.
    mutating func endData(_ reply: Reply) {
        phase = .ready
        closeIfGoing(reply)
    }

    /// TLS is up. RFC 3207 §4.2: what was learnt before is void.
    mutating func upgrade() {
        capabilities = nil
        isAuthenticated = false
        // Under implicit TLS the greeting is still to come.
        if phase != .connected { phase = .greeted }
    }

    private mutating func succeed(_ verb: SMTPVerb?, _ reply: Reply?) {
        switch verb {
        case .ehlo:
            if let reply { capabilities = Capabilities(reply) }
            phase = .ready
        case .helo:
            if reply != nil { capabilities = Capabilities.none }
            phase = .ready
        case .auth:
            isAuthenticated = true
        case .mail:
            phase = .mail
        case .rcpt:
            phase = .recipient
        case .rset:
            if phase == .mail || phase == .recipient { phase = .ready }
        case .quit:
            phase = .closed
        case .starttls, .data, .noop, .vrfy, .expn, .help, nil:
            break
        }
    }

    /// 421 announces that the server closes the connection, whatever it answers (RFC 5321 §3.8).
    private mutating func closeIfGoing(_ reply: Reply) {
        if reply.code == 421 { phase = .closed }
    }
}
