import ParleyMachine
import ParleyNetwork
import ParleySemantics

/// The loop's side of a conversation: the fiber of the latest piece, and what it has opened. Loop
/// only, which is what makes `@unchecked Sendable` true.
final class LiveTest: @unchecked Sendable {
    private let driver: LoopDriver
    private var test: TestRun?
    private var task: FiberTask?
    private var isRunning = false
    /// The fiber that stands still and is visited, and the latest piece that did.
    private let host: FiberTask?
    private var guest: Fiber?
    /// The sessions that are the standing fiber's own.
    private let lent: [any SessionHandle]

    /// - Parameter host: the fiber with whose values and sessions pieces run; `nil` for a
    ///   conversation of its own.
    init(driver: LoopDriver, host: FiberTask? = nil) {
        self.driver = driver
        self.host = host
        lent = host?.fiber.handlesAtStop.map(\.session) ?? []
    }

    /// Runs a piece; `done` is called when it has ended.
    func run(
        _ script: LoadedScript,
        _ instance: TestInstance,
        variables: Int,
        secrets: [(variable: Variable, value: Value)],
        result: Variable?,
        done: @escaping (LiveOutcome) -> Void
    ) {
        let began = driver.loop.now
        if let host {
            visit(host, script, instance, variables, secrets, result, done)
            return
        }
        let test =
            self.test
            ?? TestRun(
                driver: driver,
                script: script,
                instance: instance,
                number: 0,
                attempt: 1,
                onFinish: { _ in }
            )
        test.script = script
        self.test = test
        let fiber = Fiber(
            continuing: task?.fiber,
            program: script.program,
            instance: instance,
            context: script.context,
            variables: variables,
            secrets: secrets,
            now: began
        )
        isRunning = true
        let finish: (FiberOutcome) -> Void = { [unowned self, unowned fiber] outcome in
            isRunning = false
            let (verdict, findings) = test.take(outcome)
            done(
                LiveOutcome(
                    verdict: verdict,
                    findings: findings,
                    endedEarly: outcome.endedEarly,
                    dialogues: test.takeDialogues(),
                    took: driver.loop.now.nanoseconds - began.nanoseconds,
                    value: result.flatMap { fiber.value(of: $0) },
                    sessions: sessions
                )
            )
        }
        if let task {
            task.goOn(with: fiber, onFinish: finish)
        } else {
            let task = FiberTask(
                fiber: fiber,
                test: test,
                identity: test.identity,
                onFinish: finish
            )
            self.task = task
            task.start()
        }
    }

    /// The sessions by slot; those that are dead, too.
    var sessions: [LiveSession] { open.map { LiveSession(slot: $0.slot, $0.session) } }

    /// The dialogues of the sessions so far as text, redacted, by slot.
    var transcripts: [Int: String] {
        Dictionary(open.map { ($0.slot, $0.session.transcript) }, uniquingKeysWith: { $1 })
    }

    private var open: [(slot: Int, session: Session)] {
        let handles =
            guest?.sessionHandles ?? host?.fiber.handlesAtStop ?? task?.fiber.sessionHandles ?? []
        return handles.compactMap { slot, handle in (handle as? Session).map { (slot, $0) } }
    }

    /// Runs a piece in place of the fiber that stands still.
    private func visit(
        _ host: FiberTask,
        _ script: LoadedScript,
        _ instance: TestInstance,
        _ variables: Int,
        _ secrets: [(variable: Variable, value: Value)],
        _ result: Variable?,
        _ done: @escaping (LiveOutcome) -> Void
    ) {
        let began = driver.loop.now
        let fiber = Fiber(
            visiting: host.fiber,
            after: guest,
            program: script.program,
            instance: instance,
            context: script.context,
            variables: variables,
            secrets: secrets,
            now: began
        )
        guest = fiber
        isRunning = true
        host.visit(fiber) { [unowned self] outcome in
            isRunning = false
            done(
                LiveOutcome(
                    verdict: outcome.verdict,
                    findings: outcome.findings.map { driver.run.redactor.scrub($0) },
                    endedEarly: outcome.endedEarly,
                    dialogues: [:],
                    took: driver.loop.now.nanoseconds - began.nanoseconds,
                    value: result.flatMap { fiber.value(of: $0) },
                    sessions: sessions
                )
            )
        }
    }

    /// The visit is over; the sessions that its pieces have opened.
    func leave() -> [Session] {
        guard let guest, let host else { return [] }
        self.guest = nil
        return host.fiber.takeBack(from: guest).compactMap { $0 as? Session }
    }

    /// Takes leave of what the pieces of a visit have opened, where the fiber went on without
    /// waiting for its end.
    func closeWhatIsOwn() {
        for (_, handle) in guest?.sessionHandles ?? []
        where !lent.contains(where: { $0 === handle }) {
            (handle as? Session)?.closePolitely()
        }
        guest = nil
    }

    /// What a variable of the latest piece holds.
    func value(of variable: Variable) -> Value? {
        (guest ?? host?.fiber ?? task?.fiber)?.value(of: variable)
    }

    func interrupt() {
        guard isRunning else { return }
        (host ?? task)?.cancel(Cancellation(.interrupt))
    }

    /// Ends everything.
    func close() {
        for (_, handle) in task?.fiber.sessionHandles ?? [] {
            (handle as? Session)?.closePolitely()
        }
        test?.stopServers()
        task = nil
        test = nil
    }
}
