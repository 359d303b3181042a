internal import ParleyVerbs

extension IMAPConversation {
    mutating func begin(_ call: VerbCall, isEncrypted: Bool) throws(WireError) -> VerbStep {
        let call = call.markingSecrets
        let name = call.spec.wireName
        guard !owesReply || session.phase == .connected else {
            throw WireError(.outOfTurn, "\(name): the server owes a reply")
        }
        guard !call.spec.isReserved else {
            throw WireError(.verb, "\(name) cannot be sent yet")
        }
        let verb = IMAPVerb(rawValue: call.spec.name)
        if let problem = session.problem(with: call, verb, isEncrypted: isEncrypted) {
            throw problem
        }
        try call.requireCover(isEncrypted: isEncrypted, isLoopback: isLoopback)
        let tag = nextTag()
        var command = RunningCommand(verb: verb, tag: tag)
        var encoding = IMAPEncoding(
            tag: tag,
            freeLiteral: freeLiteral,
            isUTF8: session.isUTF8
        )
        if verb == .auth {
            command.exchange = try encodeAuth(call, into: &encoding)
        } else {
            try encoding.append(verb, call)
        }
        var segments = encoding.finish()
        // What a server must throw away that began TLS: RFC 9051 §6.2.1.
        if let injected = call.clauses["inject"] {
            segments[segments.count - 1].bytes += injected.bytes
        }
        command.segments = segments.dropFirst()
        command.mailboxes = zip(call.spec.slots, call.arguments).compactMap { slot, argument in
            slot.kind == .mailbox ? String(decoding: argument.bytes, as: UTF8.self) : nil
        }
        session.begin(verb)
        running = command
        return .send(segments[0])
    }

    mutating func resume(_ reply: Reply) throws(WireError) -> VerbStep {
        let word = reply.status?.word
        guard var command = running else {
            received(reply)
            return .done(reply)
        }
        if word == .continuation {
            if let exchange = command.exchange {
                if let work = exchange.work(for: reply) { return .compute(work) }
                return .send(try answer(exchange, reply))
            }
            if let segment = command.segments.popFirst() {
                running = command
                return .send(segment)
            }
            running?.isIdling = true
            session.phase = .idle
            return .wait
        }
        running = nil
        if let exchange = command.exchange {
            do throws(WireError) {
                try exchange.finish(isPositive: reply.isPositive)
            } catch {
                session.phase = .closed
                throw error
            }
        }
        finish(command, word)
        return command.verb == .starttls && word == .ok ? .startTLS(reply) : .done(reply)
    }

    /// `DONE`, once the server has told something new or the time is up.
    mutating func prompt(isTimeUp: Bool) -> Outgoing? {
        guard let command = running, command.isIdling, !command.isDone,
            isTimeUp || command.hasNews
        else { return nil }
        running?.isDone = true
        return Outgoing(Array("DONE\r\n".utf8))
    }

    mutating func farewell() -> [UInt8]? {
        guard !owesCancellation else {
            owesCancellation = false
            return parser.buffer.count == 0 ? Array("*\r\n".utf8) : nil
        }
        guard !owesReply, !holdsReply, session.phase != .closed else { return nil }
        let tag = nextTag()
        session.begin(.logout)
        running = RunningCommand(verb: .logout, tag: tag)
        return tag + Array(" LOGOUT\r\n".utf8)
    }

    // MARK: - Private

    /// RFC 7888: which literals need not wait for leave.
    private var freeLiteral: Int? {
        if session.offers("LITERAL+") { return .max }
        return session.offers("LITERAL-") ? 4096 : nil
    }

    /// Appends what begins a SASL exchange, RFC 9051 §6.2.2.
    private func encodeAuth(
        _ call: VerbCall,
        into encoding: inout IMAPEncoding
    ) throws(WireError) -> SASLExchange {
        guard session.capabilities != nil || call.isUnoffered || call.admitsRefusal else {
            throw WireError(
                .mechanism,
                "the server has not told its mechanisms; say `capability` first"
            )
        }
        let login = SASLLogin(
            service: "imap",
            host: [],
            offered: session.capabilities?.authMechanisms ?? [],
            bindings: channelBindings,
            challenges: limits.challenges,
            makeNonce: makeNonce
        )
        let exchange = try login.exchange(call)
        encoding.append(word: "AUTHENTICATE")
        encoding.append(word: exchange.name)
        // A line of a command has 8192 octets at most, RFC 9051 §4.
        let room = session.offers("SASL-IR") ? 8000 : nil
        if let initial = exchange.initialResponse(room: room) { encoding.append(initial) }
        return exchange
    }

    /// What goes out after a challenge.
    ///
    /// - Throws: if the server broke the mechanism's rules. Both sides disagree about where the
    ///   exchange stands then, so that nothing can follow in the session.
    private mutating func answer(
        _ exchange: SASLExchange,
        _ reply: Reply
    ) throws(WireError) -> Outgoing {
        do throws(WireError) {
            guard let message = try exchange.respond(to: reply.textBytes) else {
                return Outgoing(Array("*\r\n".utf8))
            }
            let encoded = Base64.encode(message.bytes)
            return Outgoing(
                encoded + [0x0D, 0x0A],
                secretRanges: message.isSecret && !encoded.isEmpty ? [0..<encoded.count] : []
            )
        } catch {
            session.phase = .closed
            running = nil
            owesCancellation = error.code != .challenges
            throw error
        }
    }
}
