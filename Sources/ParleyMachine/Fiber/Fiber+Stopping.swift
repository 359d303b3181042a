public import ParleyNetwork
public import ParleySemantics

extension Fiber {
    /// A stop in the code of a program that is being debugged: the driver decides whether anybody
    /// wants to look.
    func stopped(at number: Int32) -> Request {
        lastStop = Int(number)
        position += 1
        waiting = .turn
        return .stop(Int(number))
    }

    /// Lets the time that the fiber was stopped not count: all its limits are so much later.
    public func shiftLimits(by nanoseconds: Int64) {
        limit.deadline = limit.deadline.addingClamped(nanoseconds)
        cleanupDeadline = cleanupDeadline?.addingClamped(nanoseconds)
        wait.deadline = MonotonicTime(
            nanoseconds: wait.deadline.nanoseconds.addingClamped(nanoseconds)
        )
        for index in frames.indices {
            let saved = frames[index].savedLimit.deadline
            frames[index].savedLimit.deadline = saved.addingClamped(nanoseconds)
            frames[index].eventually?.shift(by: nanoseconds)
        }
    }

    /// A fiber that runs a piece where another one has stopped: with its values, sessions and
    /// servers, which stay the other one's.
    ///
    /// - Parameters:
    ///   - host: the fiber that has stopped.
    ///   - previous: the piece before, if there was one.
    ///   - variables: how many variables the two have in common.
    ///   - secrets: values of the secrets that the piece declares, with their variables.
    public convenience init(
        visiting host: Fiber,
        after previous: Fiber?,
        program: CompiledProgram,
        instance: TestInstance,
        context: FiberContext,
        variables: Int,
        secrets: [(variable: Variable, value: Value)],
        now: MonotonicTime
    ) {
        self.init(
            withValuesOf: previous ?? host,
            program: program,
            instance: instance,
            context: context,
            variables: variables,
            secrets: secrets,
            now: now
        )
        let open = previous?.sessions ?? host.sessionsAtStop
        for index in 0..<min(open.count, sessions.count) { sessions[index] = open[index] }
    }

    /// Takes back what a piece was lent: sessions that it closed are closed, servers that it
    /// started stop with the test.
    ///
    /// - Returns: the sessions that the piece opened itself.
    public func takeBack(from guest: Fiber) -> [any SessionHandle] {
        servers = guest.servers
        let lent = sessionsAtStop
        let own = guest.sessions.compactMap { $0 }.filter { session in
            !lent.contains { $0 === session }
        }
        for index in sessions.indices where index < guest.sessions.count {
            guard let session = sessions[index] else { continue }
            if !guest.sessions.contains(where: { $0 === session }) { sessions[index] = nil }
        }
        return own
    }

    /// The sessions as they were before the statement, also if its failure has left blocks since.
    var sessionsAtStop: [(any SessionHandle)?] { sessionsBeforeFailure ?? sessions }

    /// The sessions that a piece would find, with their slots.
    public var handlesAtStop: [(slot: Int, session: any SessionHandle)] {
        sessionsAtStop.enumerated().compactMap { slot, session in session.map { (slot, $0) } }
    }

    /// Nobody looks at the failure any more.
    public func forgetFailure() { sessionsBeforeFailure = nil }
}

extension EventuallyState {
    fileprivate func shift(by nanoseconds: Int64) {
        deadline = deadline.addingClamped(nanoseconds)
        roundStart = roundStart.addingClamped(nanoseconds)
    }
}
