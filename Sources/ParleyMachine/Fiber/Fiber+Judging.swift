import ParleyDiagnostics
import ParleyNetwork
import ParleySemantics
import ParleySyntax
import ParleyVerbs
import ParleyWire

extension Fiber {
    /// Judges what came of a statement by its expectation, and binds the name.
    ///
    /// - Returns: what has to be done before the next statement: closing after an admitted 421.
    func judge(
        _ event: Event,
        _ expectation: ExpectationSite,
        binding: Register?,
        _ frame: Judged
    ) throws -> Request? {
        switch event {
        case .reply(let reply):
            if let binding {
                let took = frame.handle?.lastReplyTook ?? 0
                registers[Int(binding)] = .reply(ReplyRecord(reply, took: took))
            }
            return try judge(reply, expectation, frame)
        case .failed(let failure):
            guard admits(failure, expectation) else { break }
            if let binding { registers[Int(binding)] = .none }
            if expectation.isExplicit { tellHeld(expectation.place) }
            return nil
        case .timedOut:
            guard now.nanoseconds < limit.deadline,
                expectation.alternatives.contains(where: { $0.outcome == .timeout })
            else { break }
            if let binding { registers[Int(binding)] = .none }
            if expectation.isExplicit { tellHeld(expectation.place) }
            return nil
        default: break
        }
        throw unexpected(
            event,
            stage: frame.stage,
            family: frame.family,
            handle: frame.handle,
            place: frame.place,
            expected: expectation
        )
    }

    private func judge(
        _ reply: Reply,
        _ expectation: ExpectationSite,
        _ frame: Judged
    ) throws -> Request? {
        guard reply.series.isEmpty else {
            return try judge(series: reply, expectation, frame)
        }
        for alternative in expectation.alternatives where try fits(reply, alternative) {
            return held(reply, expectation, frame)
        }
        let finding = wrongReply(reply, expectation, frame)
        guard !expectation.isSoftened else {
            record(finding, isHopeless: false)
            return nil
        }
        throw Failure(finding: finding, isHopeless: isHopeless(reply, finding))
    }

    /// Whether another round would find the same (rule 19).
    private func isHopeless(_ reply: Reply, _ finding: Finding) -> Bool {
        reply.isPermanent || finding.reason.hasPrefix("auth.")
    }

    /// The reply is as expected.
    func held(_ reply: Reply, _ expectation: ExpectationSite, _ frame: Judged) -> Request? {
        if expectation.isExplicit { tellHeld(expectation.place) }
        // RFC 5321 §3.8: behind a 421 the server closes; behind a BYE too, RFC 9051 §7.1.5.
        guard reply.isFarewell, let session = frame.handle, session.isOpen else { return nil }
        waiting = .turn
        return .close([session])
    }

    func fits(_ reply: Reply, _ alternative: ExpectationSite.Alternative) throws -> Bool {
        switch alternative.outcome {
        case .closed, .timeout, .refused: return false
        case .any, .reply: break
        }
        if let code = alternative.code, !code.matches(reply.code) { return false }
        if let word = alternative.status, word != reply.status?.word { return false }
        if let name = alternative.responseCode, !reply.hasResponseCode(name) { return false }
        if let wanted = alternative.enhanced {
            guard let enhanced = reply.enhanced, wanted.fits(StatusCode(enhanced)) else {
                return false
            }
        }
        guard let site = alternative.pattern else { return true }
        return try PatternMatching.matches(try pattern(site), reply.textBytes)
    }

    /// What `receive line`, `bytes` and `until` read.
    func judge(data bytes: [UInt8], _ expectation: ExpectationSite, _ frame: Judged) throws {
        guard expectation.isExplicit else { return }
        for alternative in expectation.alternatives {
            switch alternative.outcome {
            case .closed, .timeout, .refused: continue
            case .any, .reply: break
            }
            if let site = alternative.pattern,
                !(try PatternMatching.matches(try pattern(site), bytes))
            {
                continue
            }
            return tellHeld(expectation.place)
        }
        let shown = Value.quote(String(decoding: bytes.prefix(400), as: UTF8.self))
        let finding = Finding(
            verdict: expectation.isSoftened ? .warn : .fail,
            reason: "\(frame.family).reply",
            stage: frame.stage,
            message: "\(frame.stage): expected \(expectation.expected), got \(shown)",
            place: expectation.place,
            session: frame.handle?.id,
            steps: steps
        )
        guard !expectation.isSoftened else { return record(finding, isHopeless: false) }
        throw Failure(finding: finding, isHopeless: false)
    }

    private func admits(_ failure: SessionFailure, _ expectation: ExpectationSite) -> Bool {
        let isClosed = failure.reason.hasSuffix(".closed") || failure.reason == "net.reset"
        let isRefused = failure.reason == "net.refused"
        return expectation.alternatives.contains { alternative in
            switch alternative.outcome {
            case .closed: isClosed
            case .refused: isRefused
            // A 421 that was read before the verb was sent answers it all the same.
            case .reply: failure.reply.map { (try? fits($0, alternative)) ?? false } ?? false
            case .any, .timeout: false
            }
        }
    }

    /// Tells that a judgement held.
    func tellHeld(_ place: SourcePlace) {
        guard shared.context.reportsHeld else { return }
        tell(.held(place))
    }

    func wrongReply(
        _ reply: Reply,
        _ expectation: ExpectationSite,
        _ frame: Judged
    ) -> Finding {
        Finding(
            verdict: expectation.isSoftened ? .warn : .fail,
            reason: frame.reason(of: reply),
            stage: frame.stage,
            message: "\(frame.stage): expected \(expectation.expected), got \(reply.summary)",
            place: frame.place
                ?? (expectation.isExplicit ? expectation.place : code.place(at: position)),
            nearest: nearest(reply, expectation),
            notes: reply.flags.isEmpty
                ? [] : ["the reply is odd: \(reply.flags.names.joined(separator: ", "))"],
            help: ReplyHelp.advice(for: reply, stage: frame.stage),
            session: frame.handle?.id,
            steps: steps
        )
    }

    /// The alternative that almost fitted, and what about it did not.
    private func nearest(_ reply: Reply, _ expectation: ExpectationSite) -> String? {
        if let status = reply.status { return nearest(reply, status.word, expectation) }
        for alternative in expectation.alternatives
        where alternative.code?.matches(reply.code) == true {
            if let wanted = alternative.enhanced {
                guard let enhanced = reply.enhanced else {
                    return "\(alternative.text): the reply has no enhanced code"
                }
                guard wanted.fits(StatusCode(enhanced)) else {
                    return "\(alternative.text): the enhanced code is \(enhanced)"
                }
            }
            return "\(alternative.text): the text does not match"
        }
        let sameClass = expectation.alternatives.first {
            $0.code.map { $0.lowest / 100 == reply.severity && $0.highest / 100 == reply.severity }
                ?? false
        }
        return sameClass.map { "\($0.text): the same class" }
    }

    /// The same where the protocol answers in words.
    private func nearest(
        _ reply: Reply,
        _ word: StatusWord,
        _ expectation: ExpectationSite
    ) -> String? {
        for alternative in expectation.alternatives
        where alternative.status == word || alternative.status == nil && alternative.pattern != nil
        {
            if let wanted = alternative.responseCode, !reply.hasResponseCode(wanted) {
                guard let code = reply.responseCode else {
                    return "\(alternative.text): the reply has no response code"
                }
                return "\(alternative.text): the response code is \(code)"
            }
            return "\(alternative.text): the text does not match"
        }
        return nil
    }
}
