import ParleyMachine
public import ParleyNetwork
import Synchronization

/// Runs scripts: loads their inputs, spreads their tests over the network's loops, and publishes
/// everything that happens to one sink.
public final class Runner: Sendable {
    private let network: any Network
    private let sink: any EventSink
    private let options: RunOptions
    private let state = Mutex(State())

    private struct State {
        var schedule: Schedule?
        var interrupts = 0
    }

    /// A runner of one run.
    public init(network: any Network, sink: any EventSink, options: RunOptions) {
        self.network = network
        self.sink = sink
        self.options = options
    }

    /// Runs the tests of the scripts and waits for them and for their farewells.
    ///
    /// A script whose inputs are wrong (a parameter without a value, a secret that cannot be read)
    /// is a script error: nothing of any script is sent.
    public func run(_ scripts: [Script]) async -> RunSummary {
        let loops = network.loops
        let clock = await RunClock(loops[0])
        let loader = InputLoader(options: options, clock: clock)
        let loaded = loader.load(scripts)
        let context = RunContext(
            sink: sink,
            redactor: Redactor(secrets: loaded.secrets),
            trust: TrustContexts(options),
            started: clock.monotonic,
            recorder: options.recorder,
            debugger: options.debugger
        )
        options.debugger?.begin(Debugger.Surroundings(network: network, loader: loader))
        defer { options.debugger?.end() }
        context.publish(
            .runStarted(
                RunInfo(
                    id: loader.runID,
                    seed: loader.seed,
                    started: clock.wall,
                    testCount: loaded.tests.count,
                    files: scripts.map(\.path)
                )
            ),
            EventIdentity(),
            at: clock.monotonic
        )
        if options.keyLog != nil {
            let words = "warning: --keylog: with this file whoever has a capture can decrypt it"
            context.publish(.note(.logged(words)), EventIdentity(), at: clock.monotonic)
        }
        for finding in loaded.findings {
            context.publish(
                .note(.found(context.redactor.scrub(finding))),
                EventIdentity(),
                at: clock.monotonic
            )
        }
        let schedule = Schedule(
            tests: loaded.findings.contains { $0.verdict >= .fail } ? [] : loaded.tests,
            findings: loaded.findings,
            drivers: loops.map { LoopDriver(loop: $0, run: context) },
            context: context,
            options: options
        )
        let interrupts = state.withLock { state in
            state.schedule = schedule
            return state.interrupts
        }
        for _ in 0..<interrupts { schedule.interrupt() }
        return await schedule.run()
    }

    /// Ends the run: the first time sessions close politely and `finally` runs; after that
    /// everything is closed at once. The report is complete up to there. Callable from any thread.
    public func interrupt() {
        let schedule = state.withLock { state in
            state.interrupts += 1
            return state.schedule
        }
        schedule?.interrupt()
    }
}

/// When a run began, on both clocks.
struct RunClock: Sendable {
    var monotonic: MonotonicTime
    var wall: Int64

    /// Asks a loop for its clocks.
    init(_ loop: any Loop) async {
        self = await withCheckedContinuation { continuation in
            loop.submit {
                continuation.resume(
                    returning: RunClock(monotonic: loop.now, wall: loop.wallClock)
                )
            }
        }
    }

    private init(monotonic: MonotonicTime, wall: Int64) {
        self.monotonic = monotonic
        self.wall = wall
    }
}
