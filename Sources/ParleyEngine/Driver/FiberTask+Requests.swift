import ParleyMachine
import ParleyNetwork
import ParleySemantics
import ParleyVerbs
import ParleyWire

extension FiberTask {
    /// Begins what the fiber requests; an event comes back if it is answered at once.
    func perform(_ request: Request) -> Event? {
        switch request {
        case .connect(let request):
            return connect(request)
        case .verb(let handle, let call, let tls, let limit):
            return awaiting(handle) { $0.perform(call, tls: tls, limit: limit) }
        case .pipeline(let handle, let calls, let forced, let limit):
            return awaiting(handle) { $0.pipeline(calls, forced: forced, limit: limit) }
        case .send(let handle, let request, let limit):
            return awaiting(handle) { $0.send(request, limit: limit) }
        case .receive(let handle, let unit, let limit):
            return awaiting(handle) { $0.receive(unit, limit: limit) }
        case .close(let handles):
            for case let session as Session in handles {
                sessions[session.id] = nil
                session.closePolitely()
            }
            return .done
        case .abort(let handle):
            (handle as? Session)?.abort(how: "closed")
            return .done
        case .cut(let handle, let form):
            guard let session = handle as? Session else { return .done }
            if form != .half { sessions[session.id] = nil }
            session.cut(form)
            return .done
        case .sleep(let until, let limit):
            return sleep(until, limit)
        case .signal(let name):
            test.signals.signal(name)
            return .done
        case .await(let name, let place, let limit):
            return awaitSignal(name, place, limit)
        case .yield:
            goOnLater(with: .done)
            return nil
        case .startServer(let script):
            return start(script)
        case .stopServer(let handle):
            (handle as? ScriptedServer)?.stop()
            return .done
        case .readFile(let path, _):
            read(path)
            return nil
        case .compute(let work, let limit):
            compute(work, limit)
            return nil
        case .spawn(let request):
            return spawn(request)
        case .survey(let request, let limit):
            survey(request, limit)
            return nil
        case .stop(let number):
            return stop(number)
        case .finished:
            waiting = .ended
            return nil
        }
    }

    private func awaiting(
        _ handle: any SessionHandle,
        _ body: (Session) -> Event?
    ) -> Event? {
        guard let session = handle as? Session else { return .done }
        waiting = .session(session)
        return body(session)
    }

    private func connect(_ request: ConnectRequest) -> Event? {
        let session: Session
        do throws(SessionFailure) {
            session = try makeSession(request, owner: self)
        } catch {
            return error.asConnectEvent
        }
        forgetGoneSessions()
        sessions[session.id] = session
        waiting = .session(session)
        session.connect()
        return nil
    }

    /// A session of the test, which does not connect yet.
    ///
    /// - Throws: `script.verb` for a protocol that is not spoken.
    func makeSession(
        _ request: ConnectRequest,
        owner: any SessionOwner
    ) throws(SessionFailure) -> Session {
        let script = test.script
        guard
            let client = Protocols.client(
                for: request.spec,
                defaultName: script.context.probeName,
                limits: script.limits.wire
            )
        else {
            throw SessionFailure(
                reason: "script.verb",
                stage: "connect",
                message: "\(request.spec.name) is not spoken yet"
            )
        }
        let session = Session(
            id: driver.run.nextSession(),
            request: request,
            client: client,
            driver: driver,
            limits: script.limits,
            files: script.files,
            identity: identity,
            owner: owner
        )
        session.isNameless = script.context.probeName == ProbeName.unknown
        session.standIn = try standIn(for: request)
        driver.add(session)
        record(session)
        session.publish(.connecting(session.info))
        return session
    }

    /// A script that connects all day long must not keep every dialogue and TLS state until its
    /// end.
    private func forgetGoneSessions() {
        guard sessions.count >= sessionsToCheck else { return }
        for (id, session) in sessions where session.transport == nil {
            session.owner = nil
            sessions[id] = nil
        }
        sessionsToCheck = max(sessionsToCheck, 2 * sessions.count)
    }

    private func sleep(_ until: MonotonicTime, _ limit: Limit) -> Event? {
        let isCut = limit.deadline < until
        let timer = loop.schedule(at: min(until, limit.deadline)) { [weak self] in
            guard let self, case .timer = waiting else { return }
            resume(isCut ? .timedOut(stage: "pause", held: []) : .done)
        }
        waiting = .timer(timer)
        return nil
    }

    private func awaitSignal(_ name: String, _ place: String, _ limit: Limit) -> Event? {
        let number = test.signals.expect(name, by: "the test (\(place))") { [weak self] in
            guard let self, case .signal(_, let timer) = waiting else { return }
            timer.cancel()
            goOnLater(with: .done)
        }
        guard let number else { return .done }
        let timer = loop.schedule(at: limit.deadline) { [weak self] in
            guard let self, case .signal(number, _) = waiting else { return }
            test.signals.giveUp(number)
            resume(.timedOut(stage: "await", held: []))
        }
        waiting = .signal(number, timer)
        return nil
    }

    /// Resumes the fiber once others had their turn.
    func goOnLater(with event: Event) {
        let number = test.nextRequest()
        waiting = .request(number)
        loop.later { [weak self] in
            guard let self, case .request(number) = waiting else { return }
            resume(event)
        }
    }

    private func start(_ script: ServerScript) -> Event? {
        do throws(SessionFailure) {
            return .serverStarted(try test.start(script, identity))
        } catch {
            return .failed(error)
        }
    }

    private func read(_ path: String) {
        let number = test.nextRequest()
        waiting = .request(number)
        let files = test.script.files
        loop.offload({ files.read(path) }) { [weak self] result in
            guard let self, case .request(number) = waiting else { return }
            resume(.file(result))
        }
    }

    private func compute(
        _ work: @escaping @Sendable () -> Result<Value, ScriptError>,
        _ limit: Limit
    ) {
        let number = test.nextRequest()
        waiting = .request(number)
        // Nobody can stop the thread; the fiber goes on without its answer.
        let timer = loop.schedule(at: limit.deadline) { [weak self] in
            guard let self, case .request(number) = waiting else { return }
            resume(.timedOut(stage: "", held: []))
        }
        loop.offload(work) { [weak self] result in
            timer.cancel()
            guard let self, case .request(number) = waiting else { return }
            resume(.computed(result))
        }
    }

    private func spawn(_ request: SpawnRequest) -> Event? {
        let group = BranchGroup(request, of: self)
        waiting = .branches(group)
        group.start()
        return nil
    }
}
