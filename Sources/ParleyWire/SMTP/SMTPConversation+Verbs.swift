internal import ParleyVerbs

extension SMTPConversation {
    mutating func begin(_ call: VerbCall, isEncrypted: Bool) throws(WireError) -> VerbStep {
        guard !owesReply || session.phase == .connected else {
            throw WireError(.outOfTurn, "\(call.spec.wireName): the server owes a reply")
        }
        var encoding = SMTPEncoding()
        series = ReplySeries()
        encoding.bytes.reserveCapacity(call.arguments.reduce(24) { $0 + $1.bytes.count + 2 })
        running = try encode(call, into: &encoding, session, isEncrypted: isEncrypted)
        return .send(encoding.outgoing)
    }

    mutating func resume(_ reply: Reply) throws(WireError) -> VerbStep {
        guard let current = running else {
            received(reply)
            return .done(reply)
        }
        if let work = current.exchange?.work(for: reply) { return .compute(work) }
        running = nil
        let step = try proceed(current, reply)
        if case .send = step { running = current }
        return step
    }

    mutating func beginPipeline(
        _ calls: [VerbCall],
        forced: Bool,
        isEncrypted: Bool
    ) throws(WireError) -> Outgoing {
        guard !owesReply || session.phase == .connected else {
            throw WireError(.outOfTurn, "pipeline: the server owes a reply")
        }
        guard forced || session.capabilities?.offersPipelining == true else {
            throw WireError(.notOffered, "pipeline: the server does not offer PIPELINING")
        }
        guard session.phase != .closed, session.phase != .data else {
            throw WireError(
                .outOfTurn,
                "pipeline: no verb may follow in state \(session.phase.rawValue)"
            )
        }
        var expected = session
        var verbs: [RunningVerb] = []
        var encoding = SMTPEncoding()
        for (index, call) in calls.enumerated() {
            guard forced || !call.spec.endsPipeline || index == calls.count - 1 else {
                throw WireError(
                    .outOfTurn,
                    "\(call.spec.wireName) must be the last of a pipeline; see RFC 2920 §3.1"
                )
            }
            var judged = call
            // What follows DATA or QUIT in a forced pipeline is as the script wants it.
            if forced {
                judged.admitsRefusal = true
                if expected.phase == .data || expected.phase == .closed { expected.phase = .ready }
            }
            let running = try encode(judged, into: &encoding, expected, isEncrypted: isEncrypted)
            verbs.append(running)
            expected.assume(running)
        }
        pipeline = verbs
        pipelineReplies = 0
        return encoding.outgoing
    }

    mutating func resumePipelined(
        _ reply: Reply,
        at index: Int
    ) throws(WireError) -> VerbStep {
        guard pipeline.indices.contains(index) else {
            received(reply)
            return .done(reply)
        }
        if let work = pipeline[index].exchange?.work(for: reply) { return .compute(work) }
        let step = try proceed(pipeline[index], reply)
        if case .send = step { return step }
        if index == pipeline.count - 1 { pipeline = [] }
        return step
    }

    // MARK: - Private

    /// Judges turn, offer and secrets, and appends the verb's line.
    private func encode(
        _ call: VerbCall,
        into encoding: inout SMTPEncoding,
        _ session: SMTPSession,
        isEncrypted: Bool
    ) throws(WireError) -> RunningVerb {
        guard !call.spec.isReserved else {
            throw WireError(.verb, "\(call.spec.wireName) cannot be sent yet")
        }
        let verb = SMTPVerb(name: call.spec.name)
        if let problem = session.problem(with: call, verb, isEncrypted: isEncrypted) {
            throw problem
        }
        try call.requireCover(isEncrypted: isEncrypted, isLoopback: isLoopback)
        guard verb == .auth else {
            try encoding.append(call, verb, defaultName: defaultName)
            // What a server must throw away that began TLS: RFC 3207 §4.
            if let injected = call.clauses["inject"] { encoding.bytes += injected.bytes }
            return RunningVerb(verb, call)
        }
        return try encodeAuth(call, into: &encoding, session)
    }

    /// What the verb does with a reply.
    private mutating func proceed(
        _ current: RunningVerb,
        _ reply: Reply
    ) throws(WireError) -> VerbStep {
        if let exchange = current.exchange, let outgoing = try answer(exchange, reply) {
            return .send(outgoing)
        }
        session.apply(current, reply)
        return current.verb == .starttls && reply.code == 220 ? .startTLS(reply) : .done(reply)
    }
}
