import ParleyDiagnostics
import ParleySemantics
import ParleyVerbs
import ParleyWire

extension Fiber {
    func verb(_ number: Int32) throws -> Request? {
        let site = code.verbs[Int(number)]
        let session = try openSession(
            site.slot,
            stage: site.call.spec.wireName,
            admitsLoss: site.expectation.admitsClose
        )
        let call = try prepare(site)
        let limit = try replyLimit(site)
        waiting = .verb(number)
        return .verb(session, call, tls: try site.tls.map { try tls($0) }, limit)
    }

    /// How long the reply may take; a handshake behind it has a time of its own.
    private func replyLimit(_ site: VerbSite) throws -> Limit {
        let limits = shared.context.limits
        let name = site.call.spec.name
        var phase = limits.reply(to: name)
        if site.tls != nil { phase = phase.addingClamped(limits.tls) }
        return try waitLimit(site.within, phase: phase)
    }

    /// The call with its arguments; one that has only literals is ready.
    func prepare(_ site: VerbSite) throws -> VerbCall {
        guard !site.holes.isEmpty else { return site.call }
        var call = site.call
        for hole in site.holes {
            switch hole {
            case .argument(let index, let register):
                let value = registers[Int(register)]
                let slot = call.spec.slots[call.arguments[index].slot]
                // Content has lines; whatever else has not.
                let isContent = slot.kind == .chunk || slot.kind == .content
                call.arguments[index].bytes = isContent ? try value.octets() : try word(value)
                call.arguments[index].isSecret = value.isSecret
                call.arguments[index].secrets = value.secretParts
                call.arguments[index].isInserted = true
            case .clause(let name, let register):
                let value = registers[Int(register)]
                let clause = call.spec.clauses.first { $0.name == name }
                let isContent = clause?.slot?.kind == .content
                call.clauses[name] = VerbArgument(
                    slot: 0,
                    bytes: isContent ? try value.octets() : try word(value),
                    isSecret: value.isSecret,
                    secrets: value.secretParts
                )
            }
        }
        return call
    }

    /// The octets of a word, which holds no line end.
    private func word(_ value: Value) throws -> [UInt8] {
        let bytes = try value.octets()
        if let found = Word.forbidden(bytes) {
            throw ScriptError.value("\(found) cannot be sent in an argument")
        }
        return bytes
    }

    func tls(_ site: TLSSite) throws -> TLSRequest {
        var request = site.constant
        if let authority = site.authority {
            request.authorityFile = try registers[Int(authority)].text()
        }
        for hole in site.holes { try request.set(hole.clause, registers[Int(hole.value)]) }
        if let slot = site.resumed {
            guard let session = sessions[slot.index], session.tls != nil else {
                throw ScriptError.session(
                    "‘resume \(slot.label)’: no TLS was started on that session"
                )
            }
            request.resumption = .session(session)
        }
        return request
    }

    func verbEnded(_ number: Int32, _ event: Event) throws -> Request? {
        let site = code.verbs[Int(number)]
        guard let session = sessions[site.slot] else {
            throw ScriptError.session("the session is gone")
        }
        let frame = Judged(
            stage: site.call.spec.wireName,
            family: session.family,
            reason: site.reason,
            handle: session
        )
        let request = try judge(event, site.expectation, binding: site.binding, frame)
        position += 1
        return request
    }

    func pipeline(_ number: Int32) throws -> Request? {
        let site = code.pipelines[Int(number)]
        let session = try openSession(site.slot, stage: "pipeline")
        var calls: [VerbCall] = []
        var length: Int64 = 0
        for verb in site.verbs {
            calls.append(try prepare(verb))
            length = max(length, shared.context.limits.reply(to: verb.call.spec.name))
            if let within = verb.within { length = max(length, try self.length(within)) }
        }
        let limit = try waitLimit(nil, phase: length)
        waiting = .pipeline(number)
        return .pipeline(session, calls, forced: site.isForced, limit)
    }

    /// Judges all replies; the first that is wrong and not softened ends the test.
    func pipelineEnded(_ number: Int32, _ event: Event) throws -> Request? {
        let site = code.pipelines[Int(number)]
        guard let session = sessions[site.slot] else {
            throw ScriptError.session("the session is gone")
        }
        guard case .replies(let results) = event else {
            throw unexpected(event, stage: "pipeline", family: session.family, handle: session)
        }
        var first: (any Error)?
        var isUnwantedData = false
        var request: Request?
        for (verb, result) in zip(site.verbs, results) {
            let frame = Judged(
                stage: verb.call.spec.wireName,
                family: session.family,
                reason: verb.reason,
                handle: session,
                place: verb.place
            )
            do {
                let answer: Event
                switch result {
                case .success(let reply): answer = .reply(reply)
                case .failure(let failure):
                    // Which limit it was, and who set it, is known here.
                    answer =
                        failure.reason == "\(session.family).reply.timeout"
                        ? .timedOut(stage: failure.stage, held: failure.held) : .failed(failure)
                }
                request =
                    try judge(answer, verb.expectation, binding: verb.binding, frame) ?? request
            } catch {
                if first == nil { first = error }
            }
            if first != nil, case .success(let reply) = result, reply.code == 354 {
                isUnwantedData = true
            }
        }
        // A server that awaits a message after a refusal must not get one: no dot is ever sent.
        if isUnwantedData, session.isOpen {
            if let first { stop(first) }
            waiting = .turn
            return .abort(session)
        }
        if let first { throw first }
        position += 1
        return request
    }
}
