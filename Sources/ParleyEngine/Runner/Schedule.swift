import ParleyMachine
import ParleyNetwork
import Synchronization

/// The tests of a run in their order: at most so many at a time, spread over the loops, each
/// retried as often as it may be.
final class Schedule: Sendable {
    /// A test with the script it comes from.
    struct Planned: Sendable {
        var script: LoadedScript
        var instance: TestInstance
    }

    private struct State {
        var next = 0
        var running = 0
        var interrupts = 0
        var isOutOfTime = false
        var counts: [Verdict: Int] = [:]
        var exit: ExitCode
        var continuation: CheckedContinuation<Void, Never>?
        var isDone = false
        var farewells = 0
    }

    private let tests: [Planned]
    private let drivers: [LoopDriver]
    private let context: RunContext
    private let options: RunOptions
    private let state: Mutex<State>

    init(
        tests: [Planned],
        findings: [Finding],
        drivers: [LoopDriver],
        context: RunContext,
        options: RunOptions
    ) {
        self.tests = tests
        self.drivers = drivers
        self.context = context
        self.options = options
        var exit = ExitCode()
        for finding in findings { exit.add(finding) }
        state = Mutex(State(exit: exit))
    }

    /// Runs everything.
    func run() async -> RunSummary {
        let timer = armTimeout()
        await withCheckedContinuation { continuation in
            state.withLock { $0.continuation = continuation }
            fill()
        }
        timer?()
        await sayFarewell()
        let now = await RunClock(drivers[0].loop).monotonic
        let summary = state.withLock { state in
            var exit = state.exit
            if state.interrupts > 0 { exit.isInterrupted = true }
            return RunSummary(
                counts: state.counts,
                took: now.nanoseconds - context.started.nanoseconds,
                wasInterrupted: state.interrupts > 0,
                exitCode: exit.code
            )
        }
        context.publish(.runFinished(summary), EventIdentity(), at: now)
        return summary
    }

    /// Ends the run politely; the second time at once.
    func interrupt() {
        let count = state.withLock { state in
            state.interrupts += 1
            return state.interrupts
        }
        for driver in drivers {
            driver.loop.submit {
                driver.cancelAll(Cancellation(.interrupt))
                if count > 1 { driver.abortAll() }
            }
        }
        finishIfDone()
    }

    // MARK: - Private

    /// Starts tests while there is room.
    private func fill() {
        while let number = claim() {
            let driver = drivers[number % drivers.count]
            driver.loop.submit { [self] in
                start(number, on: driver, attempt: 1, failed: nil)
            }
        }
        finishIfDone()
    }

    private func claim() -> Int? {
        state.withLock { state in
            guard state.interrupts == 0, !state.isOutOfTime, state.next < tests.count,
                state.running < max(1, options.jobs)
            else { return nil }
            state.running += 1
            state.next += 1
            return state.next - 1
        }
    }

    private func start(
        _ number: Int,
        on driver: LoopDriver,
        attempt: Int,
        failed: TestResult?
    ) {
        let planned = tests[number]
        let test = TestRun(
            driver: driver,
            script: planned.script,
            instance: planned.instance,
            number: number,
            attempt: attempt
        ) { [self] result in
            ended(number, on: driver, result, after: failed)
        }
        let (isInterrupted, isOutOfTime) = state.withLock { ($0.interrupts > 0, $0.isOutOfTime) }
        test.start()
        if isInterrupted {
            test.cancel(Cancellation(.interrupt))
        } else if isOutOfTime {
            test.cancel(Self.runLimitPassed)
        }
    }

    private func ended(
        _ number: Int,
        on driver: LoopDriver,
        _ result: TestResult,
        after failed: TestResult?
    ) {
        if let reason = tests[number].instance.expectedReason {
            finish(number, on: driver, result.judged(expecting: reason))
            return
        }
        let retries = max(tests[number].instance.retries, options.retries)
        let mayRetry = state.withLock { $0.interrupts == 0 && !$0.isOutOfTime }
        if mayRetry, result.verdict == .fail, result.attempts <= retries, result.mayBeRetried {
            start(number, on: driver, attempt: result.attempts + 1, failed: result)
            return
        }
        var final = result
        if let failed, result.verdict < .fail {
            final.verdict = .flaky
            final.findings = failed.findings
            final.dialogues = failed.dialogues
        }
        finish(number, on: driver, final)
    }

    private func finish(_ number: Int, on driver: LoopDriver, _ final: TestResult) {
        context.publish(
            .testFinished(final),
            EventIdentity(test: number, attempt: final.attempts),
            at: driver.loop.now
        )
        state.withLock { state in
            state.running -= 1
            state.counts[final.verdict, default: 0] += 1
            state.exit.add(final)
        }
        // The next test must not begin inside the callback that ended this one.
        driver.loop.later { [self] in fill() }
    }

    private func finishIfDone() {
        let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
            let isOver = state.next == tests.count || state.interrupts > 0 || state.isOutOfTime
            guard isOver, state.running == 0, let continuation = state.continuation else {
                return nil
            }
            state.continuation = nil
            return continuation
        }
        continuation?.resume()
    }

    /// Waits until every session is gone; their farewells have limits of their own.
    private func sayFarewell() async {
        for driver in drivers {
            await withCheckedContinuation { continuation in
                driver.loop.submit { driver.afterFarewells { continuation.resume() } }
            }
        }
    }

    /// The limit of the run.
    private func armTimeout() -> (@Sendable () -> Void)? {
        guard let timeout = options.timeout else { return nil }
        let driver = drivers[0]
        let box = TimerBox()
        driver.loop.submit { [self] in
            box.timer = driver.loop.schedule(
                at: context.started + .nanoseconds(timeout)
            ) { [self] in outOfTime() }
        }
        return { driver.loop.submit { box.timer?.cancel() } }
    }

    private static let runLimitPassed = Cancellation(
        .limit(reason: "time.run", message: "the limit of the whole run passed (--timeout)")
    )

    private func outOfTime() {
        state.withLock { $0.isOutOfTime = true }
        for driver in drivers {
            driver.loop.submit {
                driver.cancelAll(Self.runLimitPassed)
            }
        }
        finishIfDone()
    }
}

/// Holds a timer of one loop, on that loop.
private final class TimerBox: @unchecked Sendable {
    var timer: (any LoopTimer)?
}
