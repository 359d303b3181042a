import ParleyMachine
import ParleyNetwork
import ParleySemantics

extension FiberTask {
    /// The fiber stands before a statement; `done` comes back if nobody wants to look.
    func stop(_ number: Int) -> Event? {
        guard let debugger = driver.run.debugger, !isVisited,
            debugger.wants(number, of: test.script.path)
        else { return .done }
        // A mode may have become another one by the time that its turn comes.
        let isParked = park(at: number, failure: nil, debugger) { [weak self] in
            self?.resume(.done)
        }
        return isParked ? nil : .done
    }

    /// The fiber has failed and asks for `request` next; `false` if nobody wants to look.
    func stop(failed finding: Finding, before request: Request) -> Bool {
        guard let debugger = driver.run.debugger, debugger.wantsFailure, fiber.failedStop >= 0
        else {
            return false
        }
        return park(at: fiber.failedStop, failure: finding, debugger) { [weak self] in
            self?.fiber.forgetFailure()
            self?.resume(performing: request)
        }
    }

    private func park(
        at number: Int,
        failure: Finding?,
        _ debugger: Debugger,
        goOn: @escaping () -> Void
    ) -> Bool {
        guard let table = debugger.table(of: test.script.path),
            let surroundings = debugger.surroundings, table.stops.indices.contains(number)
        else { return false }
        let request = test.nextRequest()
        waiting = .request(request)
        let began = loop.now
        let visit = LiveTest(driver: driver, host: self)
        let leaving = Leaving { [weak self] in
            debugger.left()
            guard let self, case .request(request) = waiting else {
                visit.closeWhatIsOwn()
                return
            }
            for session in visit.leave() { session.closePolitely() }
            fiber.shiftLimits(by: loop.now.nanoseconds - began.nanoseconds)
            goOn()
        }
        debugger.hand(
            DebugStop(
                number: number,
                table: table,
                title: test.instance.title,
                failure: failure.map(test.scrubbed),
                live: LiveRun(
                    visiting: visit,
                    driver: driver,
                    network: surroundings.network,
                    loader: surroundings.loader,
                    files: test.script.files
                ),
                onLeave: { [loop] in loop.submit { leaving.body() } }
            )
        )
        return true
    }

    /// Runs a piece in place of the fiber that stands still.
    func visit(_ guest: Fiber, onFinish done: @escaping (FiberOutcome) -> Void) {
        let (host, finish, standing) = (fiber, onFinish, waiting)
        fiber = guest
        isVisited = true
        onFinish = { [unowned self] outcome in
            fiber = host
            onFinish = finish
            waiting = standing
            isVisited = false
            done(outcome)
        }
        start()
    }
}

/// What is done on the loop when a stop is left.
private struct Leaving: @unchecked Sendable {
    let body: () -> Void
}
