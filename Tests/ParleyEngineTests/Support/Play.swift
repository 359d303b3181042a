import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import ParleyNetwork
import ParleySemantics
import ParleySyntax
import ParleyTesting
import ParleyWire
import Synchronization
import Testing

/// A compiled script.
///
/// - Parameter path: where it pretends to lie; files are read below that folder.
func compile(
    _ text: String,
    path: String = "t.parley",
    location: SourceLocation = #_sourceLocation
) throws -> Script {
    let (tree, complaints) = Parser.parse(SourceText(name: path, text))
    let (checked, diagnostics) = Checker.check(tree, registry: Protocols.registry)
    for error in (complaints + diagnostics) where error.severity == .error {
        Issue.record("\(error.code): \(error.message)", sourceLocation: location)
    }
    let program = try #require(checked, sourceLocation: location)
    return Script(path: path, checked: program, program: Compiler.compile(program))
}

/// Something that happens to a run from outside, at a time of its own.
struct Interference {
    var at: Duration
    var body: (Runner, SimulatedNetwork) -> Void

    /// ^C.
    static func interrupt(at time: Duration) -> Interference {
        Interference(at: time) { runner, _ in runner.interrupt() }
    }
}

/// Runs a script on a simulated network, in virtual time, on this thread.
///
/// A run that does not end fails the test: nothing may hang, whatever the network does.
@discardableResult
func play(
    _ text: String,
    on network: SimulatedNetwork = SimulatedNetwork(seed: 1),
    options: RunOptions = RunOptions(),
    path: String = "t.parley",
    meanwhile interferences: [Interference] = [],
    location: SourceLocation = #_sourceLocation
) throws -> Outcome {
    let script = try compile(text, path: path, location: location)
    return try play([script], on: network, options, interferences, location)
}

/// Runs compiled scripts on a simulated network.
func play(
    _ scripts: [Script],
    on network: SimulatedNetwork,
    _ given: RunOptions = RunOptions(),
    _ interferences: [Interference] = [],
    _ location: SourceLocation = #_sourceLocation
) throws -> Outcome {
    let sink = RecordingSink()
    let summary = try play(scripts, on: network, into: sink, given, interferences, location)
    return Outcome(events: sink.events, summary: summary)
}

/// Runs compiled scripts on a simulated network; whoever brings the sink keeps it.
@discardableResult
func play(
    _ scripts: [Script],
    on network: SimulatedNetwork,
    into sink: RecordingSink,
    _ given: RunOptions = RunOptions(),
    _ interferences: [Interference] = [],
    _ location: SourceLocation = #_sourceLocation
) throws -> RunSummary {
    var options = given
    options.seed = options.seed ?? 7
    options.probeName = options.probeName ?? "probe.test"
    let runner = Runner(network: network, sink: sink, options: options)
    for interference in interferences {
        network.loop.schedule(at: network.loop.now + interference.at) {
            interference.body(runner, network)
        }
    }
    let result = Result()
    Task(executorPreference: LoopExecutor(network.loop)) {
        let summary = await runner.run(scripts)
        result.summary.withLock { $0 = summary }
    }
    network.run { result.summary.withLock { $0 } != nil }
    return try #require(
        result.summary.withLock { $0 },
        "the run hangs: nothing is left to happen and it has not ended",
        sourceLocation: location
    )
}

/// Runs the statements of one test behind `servers`.
@discardableResult
func play(
    servers: String = Servers.polite,
    test statements: String,
    on network: SimulatedNetwork = SimulatedNetwork(seed: 1),
    options: RunOptions = RunOptions(),
    meanwhile interferences: [Interference] = [],
    location: SourceLocation = #_sourceLocation
) throws -> Outcome {
    try play(
        servers + "\ntest \"t\" timeout 60s {\n" + statements + "\n}\n",
        on: network,
        options: options,
        meanwhile: interferences,
        location: location
    )
}

/// What a run on the loop came to, once it did.
private final class Result: Sendable {
    let summary = Mutex<RunSummary?>(nil)
}
