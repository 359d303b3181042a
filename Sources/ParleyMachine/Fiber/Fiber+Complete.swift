import ParleyDiagnostics
public import ParleyNetwork
import ParleyVerbs

extension Fiber {
    /// Takes the answer to what was asked for; may ask for something else at once.
    func complete(_ awaited: Waiting, _ event: Event) throws -> Request? {
        switch awaited {
        case .turn, .nothing: return nil
        case .start:
            // A branch for which there was no room in time does not begin any more.
            if limit.deadline <= now.nanoseconds {
                hasEndedEarly = true
                position = 0
            }
            return nil
        case .next:
            position += 1
            return nil
        case .verb(let number): return try verbEnded(number, event)
        case .connect(let number): return try connectEnded(number, event)
        case .pipeline(let number): return try pipelineEnded(number, event)
        case .send(let number): return try sendEnded(number, event)
        case .sendReply(let number): return try sendReplied(number, event)
        case .receive(let number): return try received(number, event)
        case .leave:
            leaveEnded()
            return nil
        case .pause:
            guard case .timedOut = event else {
                position += 1
                return nil
            }
            throw pauseCutShort()
        case .await(let number): try awaitEnded(number, event)
        case .startServer(let number): try serverStarted(number, event)
        case .survey(let number): try surveyEnded(number, event)
        case .file: return try fileArrived(event)
        case .computed(let target): try computed(event, into: target)
        case .join: return try joined(event)
        case .roundEnd: return roundEnded()
        case .roundPause:
            return nil
        case .abortForCancel:
            unwind(.cancelled)
            return nil
        case .stopServer: position += 1
        case .end: return end()
        case .finished: return .finished
        }
        return nil
    }

    private func pauseCutShort() -> Failure {
        late(stage: "pause", held: [], family: "script", handle: nil)
    }

    /// The end: whatever is still open is closed, servers stop, and the verdict is made.
    func end() -> Request? {
        guard !keepsWhatIsOpen else {
            waiting = .finished
            conclude()
            return .finished
        }
        let left = (take(sessions.indices) + strays.filter(\.isOpen)).sorted { $0.id > $1.id }
        strays = []
        waiting = .end
        closing = left
        if !left.isEmpty { return .close(left) }
        if let server = servers.popLast() { return .stopServer(server) }
        waiting = .finished
        conclude()
        return .finished
    }

    /// The fiber is to unwind (rule 24). A second time only closes.
    func cancel(_ cancellation: Cancellation) -> Request {
        let (session, stage) = (awaitedSession, awaitedStage)
        let wasCancelled = isCancelled
        switch waiting {
        case .finished: return .finished
        case .end where wasCancelled: return end() ?? .finished
        default: break
        }
        waiting = .nothing
        isCancelled = true
        strays += closing.filter { session in
            session.isOpen && !strays.contains { $0.id == session.id }
        }
        closing = []
        guard !wasCancelled else {
            cutShort()
            return run()
        }
        note(cancellation, stage: stage, session: session)
        cleanupDeadline = now.nanoseconds.addingClamped(shared.context.limits.finally)
        if let session, session.isOpen {
            waiting = .abortForCancel
            return .abort(session)
        }
        unwind(.cancelled)
        return run()
    }

    /// Leaves everything as it is, `finally` too: only sessions are closed.
    func cutShort() {
        frames = []
        guardDepth = 0
        hasEndedEarly = true
        position = 0
    }

    /// Settles verdict and reason of a fiber that awaits its branches, before these are cancelled:
    /// the join then unwinds it, and neither the branches' ends nor its own change why it ended
    /// (rule 24). After a second time the join only closes.
    public func freeze(_ cancellation: Cancellation, now: MonotonicTime) {
        self.now = now
        guard !isCancelled else {
            isCutShort = true
            return
        }
        isCancelled = true
        frozen = finding(of: cancellation, stage: "", session: nil)
        cleanupDeadline = now.nanoseconds.addingClamped(shared.context.limits.finally)
    }

    private func note(
        _ cancellation: Cancellation,
        stage: String,
        session: (any SessionHandle)?
    ) {
        record(cancelled: finding(of: cancellation, stage: stage, session: session))
    }

    /// Notes why it was cancelled, unless its branches have said so already.
    func record(cancelled finding: Finding) {
        guard !findings.contains(where: { $0.reason == finding.reason }) else { return }
        record(finding, isHopeless: true)
    }

    private func finding(
        of cancellation: Cancellation,
        stage: String,
        session: (any SessionHandle)?
    ) -> Finding {
        var finding = Finding(
            verdict: .error,
            reason: "run.interrupted",
            stage: stage,
            message: stage.isEmpty ? "interrupted" : "interrupted while \(stage) was under way",
            place: code.place(at: position),
            session: session?.id,
            steps: steps
        )
        if case .limit(let reason, let message) = cancellation.cause {
            finding.verdict = .fail
            finding.reason = reason
            finding.message = stage.isEmpty ? message : "\(stage): \(message)"
        }
        return finding
    }

    /// What is awaited, in the words of the protocol.
    private var awaitedStage: String {
        switch waiting {
        case .connect: "connect"
        case .verb(let number): code.verbs[Int(number)].call.spec.wireName
        case .pipeline: "pipeline"
        case .send, .sendReply: "send"
        case .receive: "receive"
        case .survey: "tls offers"
        case .pause, .roundPause: "pause"
        case .await: "await"
        default: ""
        }
    }

    /// The session whose answer is awaited.
    private var awaitedSession: (any SessionHandle)? {
        let slot: Int
        switch waiting {
        case .verb(let number): slot = code.verbs[Int(number)].slot
        case .pipeline(let number): slot = code.pipelines[Int(number)].slot
        case .send(let number), .sendReply(let number): slot = code.sends[Int(number)].slot
        case .receive(let number): slot = code.receives[Int(number)].slot
        default: return nil
        }
        return sessions[slot]
    }
}
