import ParleyDiagnostics
import ParleyMachine
import ParleyNetwork

/// One attempt of one test: its root fiber, its servers, and the dialogues that its findings need.
/// Loop only.
final class TestRun {
    let driver: LoopDriver
    /// A conversation's next piece is another script.
    var script: LoadedScript
    let instance: TestInstance
    let number: Int
    let attempt: Int
    private let onFinish: (TestResult) -> Void

    private var root: FiberTask?
    private var servers: [ScriptedServer] = []
    /// The servers of a recording that have been asked for, by their number in it.
    var replaying: [Int: ScriptedServer] = [:]
    private var dialogues: [Int: DialogueSnapshot] = [:]
    /// What its fibers and servers tell each other.
    let signals = SignalBoard()
    /// What its servers found.
    private var serverFindings: [Finding] = []
    private var requests = 0
    private let began: MonotonicTime

    /// How many dialogues one test keeps; a thousand failing branches fail alike.
    private static let dialogueLimit = 32

    init(
        driver: LoopDriver,
        script: LoadedScript,
        instance: TestInstance,
        number: Int,
        attempt: Int,
        onFinish: @escaping (TestResult) -> Void
    ) {
        self.driver = driver
        self.script = script
        self.instance = instance
        self.number = number
        self.attempt = attempt
        self.onFinish = onFinish
        began = driver.loop.now
    }

    var identity: EventIdentity { EventIdentity(test: number, attempt: attempt) }

    var info: TestInfo {
        TestInfo(
            index: number,
            title: instance.title,
            identity: instance.identity,
            tags: instance.tags,
            place: instance.place
        )
    }

    func start() {
        driver.add(self)
        publish(.testStarted(info), identity)
        let fiber = Fiber(
            program: script.program,
            instance: instance,
            context: script.context,
            attempt: attempt,
            now: began
        )
        let task = FiberTask(fiber: fiber, test: self, identity: identity) { [unowned self] in
            ended($0)
        }
        root = task
        task.start()
    }

    func cancel(_ cancellation: Cancellation) {
        root?.cancel(cancellation)
    }

    func publish(_ kind: RunEvent.Kind, _ identity: EventIdentity) {
        driver.run.publish(kind, identity, at: driver.loop.now)
    }

    func nextRequest() -> Int {
        requests += 1
        return requests
    }

    /// Starts a scripted server; it stops with the test.
    func start(
        _ server: ServerScript,
        _ identity: EventIdentity
    ) throws(SessionFailure) -> ScriptedServer {
        let started = try ScriptedServer(
            server,
            driver: driver,
            surroundings: ServerSurroundings(
                signals: signals,
                files: script.files,
                report: { [weak self] finding in
                    guard let self else { return }
                    serverFindings.append(finding)
                    publish(.note(.found(scrubbed(finding))), identity)
                },
                standing: { [weak self] in
                    self?.root.map { "the test stands at \($0.fiber.standing.description)" }
                        ?? "the test has ended"
                }
            )
        )
        servers.append(started)
        publish(.serverStarted(name: started.name, address: started.address), identity)
        return started
    }

    /// Keeps the end of a session's dialogue for the report.
    func keepDialogue(of session: Session) {
        guard dialogues[session.id] != nil || dialogues.count < Self.dialogueLimit else { return }
        dialogues[session.id] = session.dialogue
    }

    /// A finding without secrets. Values were made without them already; this holds whatever text a
    /// peer or a message carries.
    func scrubbed(_ finding: Finding) -> Finding {
        driver.run.redactor.scrub(finding)
    }

    /// A note without secrets.
    func scrubbed(_ note: FiberNote) -> FiberNote {
        let redactor = driver.run.redactor
        switch note {
        case .stepStarted(let title): return .stepStarted(title: redactor.scrub(title))
        case .stepFinished(let title, let verdict):
            return .stepFinished(title: redactor.scrub(title), verdict)
        case .logged(let text): return .logged(redactor.scrub(text))
        case .found(let finding): return .found(scrubbed(finding))
        case .retrying(let round, let finding):
            return .retrying(round: round, finding.map(scrubbed))
        case .held, .measured: return note
        }
    }

    /// Stops what was started, the latest first.
    func stopServers() {
        for server in servers.reversed() {
            server.stop()
            publish(.serverStopped(name: server.name), identity)
        }
        servers = []
    }

    /// The dialogues kept so far; the next findings keep new ones.
    func takeDialogues() -> [Int: Dialogue] {
        defer { dialogues = [:] }
        return dialogues.mapValues { $0.dialogue(scrubbedBy: driver.run.redactor) }
    }

    /// What a fiber has come to, with what the servers found meanwhile, without secrets.
    func take(_ outcome: FiberOutcome) -> (verdict: Verdict, findings: [Finding]) {
        defer { serverFindings = [] }
        return (
            serverFindings.map(\.verdict).reduce(outcome.verdict, max),
            (outcome.findings + serverFindings).map(scrubbed)
        )
    }

    private func ended(_ outcome: FiberOutcome) {
        stopServers()
        driver.remove(self)
        root = nil
        let (verdict, findings) = take(outcome)
        let result = TestResult(
            info: info,
            verdict: verdict,
            findings: findings,
            attempts: attempt,
            took: driver.loop.now.nanoseconds - began.nanoseconds,
            dialogues: takeDialogues()
        )
        onFinish(result)
    }
}
