import ParleyDiagnostics
import ParleyMachine
public import ParleyNetwork
import ParleySemantics
import Synchronization

/// A conversation that goes on piece by piece: values, sessions and servers outlive each piece.
///
/// Pieces run one after the other; whoever sends them awaits each. Everything that happens, also
/// between two pieces, reaches the sink.
public final class LiveRun: Sendable {
    let driver: LoopDriver
    package let network: any Network
    private let loader: InputLoader
    private let files: ScriptFiles
    private let test: LiveTest

    /// A conversation on a loop of `network`.
    ///
    /// - Parameters:
    ///   - options: the environment, the CA file, the probe's name; tests are not selected.
    ///   - path: the script whose folder holds the files that may be read; it need not exist.
    public init(
        network: any Network,
        sink: any EventSink,
        options: RunOptions,
        path: String
    ) async {
        self.network = network
        let loop = network.loops[0]
        let clock = await RunClock(loop)
        loader = InputLoader(options: options, clock: clock)
        files = ScriptFiles(scriptPath: path)
        let context = RunContext(
            sink: sink,
            redactor: Redactor(secrets: []),
            trust: TrustContexts(options),
            started: clock.monotonic,
            recorder: options.recorder
        )
        driver = LoopDriver(loop: loop, run: context)
        test = LiveTest(driver: driver)
    }

    /// A conversation where a test stands still.
    init(
        visiting test: LiveTest,
        driver: LoopDriver,
        network: any Network,
        loader: InputLoader,
        files: ScriptFiles
    ) {
        self.test = test
        self.driver = driver
        self.network = network
        self.loader = loader
        self.files = files
    }

    /// Runs a piece and waits until it is done. Secrets that it declares are loaded first; what is
    /// wrong with them is a finding, and nothing runs then.
    public func run(_ live: LivePiece) async -> LiveOutcome {
        let piece = live.piece
        let files = live.path.map { ScriptFiles(scriptPath: $0) } ?? files
        var loaded = InputLoader.Loaded()
        var secrets: [(variable: Variable, value: Value)] = []
        for secret in piece.secrets {
            guard let octets = loader.read(secret, files, &loaded) else { continue }
            driver.run.redactor.add(octets)
            let value = Value.string(String(decoding: octets, as: UTF8.self)).asSecret
            secrets.append((secret.variable, value))
        }
        let context = loader.context(of: piece.program)
        let (instances, findings) = live.program.instantiate(context) { files.read($0) }
        loaded.findings += findings
        guard loaded.obstacles == 0, let instance = instances.first else {
            return await refused(loaded.findings)
        }
        let script = LoadedScript(
            path: "",
            program: live.program,
            context: context,
            limits: SessionLimits(context.limits, piece.program.limits),
            files: files
        )
        let values = secrets
        let warnings = loaded.findings.map { driver.run.redactor.scrub($0) }
        var outcome = await onLoop { test, done in
            test.run(
                script,
                instance,
                variables: piece.earlierVariables,
                secrets: values,
                result: live.result,
                done: done
            )
        }
        outcome.findings = warnings + outcome.findings
        outcome.verdict = ([outcome.verdict] + warnings.map(\.verdict)).max() ?? outcome.verdict
        return outcome
    }

    /// Ends the piece that runs: what it awaits is given up, and its session with it.
    public func interrupt() {
        driver.loop.submit { [test] in test.interrupt() }
    }

    /// The sessions as they are now.
    public func sessions() async -> [LiveSession] {
        await onLoop { test, done in done(test.sessions) }
    }

    /// The dialogues of the sessions so far as text, redacted, by slot.
    public func transcripts() async -> [Int: String] {
        await onLoop { test, done in done(test.transcripts) }
    }

    /// Takes leave of every session and stops the servers.
    public func close() async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            driver.loop.submit { [test, driver] in
                test.close()
                driver.afterFarewells { continuation.resume() }
            }
        }
    }

    private func refused(_ findings: [Finding]) async -> LiveOutcome {
        let redactor = driver.run.redactor
        return LiveOutcome(
            verdict: findings.map(\.verdict).max() ?? .error,
            findings: findings.map { redactor.scrub($0) },
            endedEarly: true,
            dialogues: [:],
            took: 0,
            value: nil,
            sessions: await sessions()
        )
    }

    func onLoop<Answer: Sendable>(
        _ body: @escaping @Sendable (LiveTest, @escaping (Answer) -> Void) -> Void
    ) async -> Answer {
        await withCheckedContinuation { continuation in
            driver.loop.submit { [test] in
                body(test) { continuation.resume(returning: $0) }
            }
        }
    }
}
