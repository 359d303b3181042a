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

    init(driver: LoopDriver) {
        self.driver = driver
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
    var sessions: [LiveSession] {
        guard let fiber = task?.fiber else { return [] }
        return fiber.sessionHandles.compactMap { slot, handle in
            (handle as? Session).map { LiveSession(slot: slot, $0) }
        }
    }

    /// What a variable of the latest piece holds.
    func value(of variable: Variable) -> Value? { task?.fiber.value(of: variable) }

    func interrupt() {
        guard isRunning else { return }
        task?.cancel(Cancellation(.interrupt))
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
