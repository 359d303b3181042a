import ParleyDiagnostics

extension Fiber {
    func send(_ number: Int32) throws -> Request? {
        let site = code.sends[Int(number)]
        let session = try openSession(site.slot, stage: "send")
        let value = registers[Int(site.text)]
        let (bytes, isEndingSecret) = try framed(value.octets(), site.framing, session)
        let limit = try waitLimit(
            site.within,
            phase: shared.context.limits.reply
        )
        waiting = .send(number)
        let isSecret = value.isSecret || isEndingSecret
        return .send(
            session,
            SendRequest(
                bytes: bytes,
                isSecret: isSecret,
                secrets: value.secretParts,
                allowsClear: site.allowsClear
            ),
            limit
        )
    }

    func sendEnded(_ number: Int32, _ event: Event) throws -> Request? {
        let site = code.sends[Int(number)]
        let session = try session(site.slot)
        guard case .done = event else {
            guard let expectation = site.expectation else {
                throw unexpected(event, stage: "send", family: session.family, handle: session)
            }
            return try sendJudged(site, expectation, event, session)
        }
        guard site.expectation != nil else {
            position += 1
            return nil
        }
        // Both waits of one statement share its limit.
        let limit =
            site.within == nil
            ? try replyLimit(nil, session)
            : Limit(deadline: wait.deadline, isOwn: wait.isOwn, isStatement: true)
        waiting = .sendReply(number)
        return .receive(session, .reply, limit)
    }

    /// The limit of a wait for what `send` sent: in DATA the server has a whole message to take.
    private func replyLimit(
        _ within: LimitSite?,
        _ session: any SessionHandle
    ) throws -> Limit {
        let limits = shared.context.limits
        let isOfBody = within == nil && session.state == "data"
        let limit = try waitLimit(within, phase: isOfBody ? limits.body : limits.reply)
        wait.isOfBody = isOfBody
        return limit
    }

    func sendReplied(_ number: Int32, _ event: Event) throws -> Request? {
        let site = code.sends[Int(number)]
        guard let expectation = site.expectation else { return nil }
        return try sendJudged(site, expectation, event, try session(site.slot))
    }

    private func sendJudged(
        _ site: SendSite,
        _ expectation: ExpectationSite,
        _ event: Event,
        _ session: any SessionHandle
    ) throws -> Request? {
        let stage = if case .content = site.framing { "body" } else { "send" }
        let frame = Judged(stage: stage, family: session.family, reason: .reply, handle: session)
        let request = try judge(event, expectation, binding: site.binding, frame)
        position += 1
        return request
    }

    func receive(_ number: Int32) throws -> Request? {
        let site = code.receives[Int(number)]
        let session = try openSession(
            site.slot,
            stage: "receive",
            admitsLoss: site.expectation.admitsClose,
            admitsUnread: true
        )
        let unit: ReceiveUnit
        switch site.unit {
        case .line: unit = .line
        case .reply: unit = .reply
        case .bytes(let register):
            guard let count = registers[Int(register)].bare.magnitude, count >= 0, count <= 16 << 20
            else { throw ScriptError.value("‘receive bytes’ takes a number of octets up to 16 MB") }
            unit = .bytes(Int(count))
        case .until(let pattern): unit = .until(try self.pattern(pattern))
        }
        let limit = try replyLimit(site.within, session)
        waiting = .receive(number)
        return .receive(session, unit, limit)
    }

    func received(_ number: Int32, _ event: Event) throws -> Request? {
        let site = code.receives[Int(number)]
        let session = try session(site.slot)
        let frame = Judged(
            stage: "receive",
            family: session.family,
            reason: .reply,
            handle: session
        )
        guard case .data(let bytes) = event else {
            let request = try judge(event, site.expectation, binding: site.binding, frame)
            position += 1
            return request
        }
        let isLine = if case .line = site.unit { true } else { false }
        if let binding = site.binding {
            registers[Int(binding)] =
                isLine ? .string(String(decoding: bytes, as: UTF8.self)) : .bytes(bytes)
        }
        try judge(data: bytes, site.expectation, frame)
        position += 1
        return nil
    }
}
