import ParleyDiagnostics
public import ParleyNetwork
import ParleySemantics

/// A running test, or a branch of one. It never blocks: ``resume(_:now:)`` runs until something has
/// to be waited for and says what; the driver does it and resumes the fiber with the outcome.
///
/// A fiber belongs to one event loop and is only touched there.
public final class Fiber {
    let shared: FiberShared
    let code: ProgramCode

    /// The frame: variables, then temporaries.
    let registers: UnsafeMutablePointer<Value>
    let registerCount: Int
    var sessions: [(any SessionHandle)?]
    /// Sessions whose slot was taken by another one.
    var strays: [any SessionHandle] = []
    /// Those that the last request was to close; it may be dropped by a cancellation.
    var closing: [any SessionHandle] = []
    var servers: [any ServerHandle] = []
    /// Whether its end leaves sessions and servers to a fiber that goes on.
    public internal(set) var keepsWhatIsOpen = false
    /// Tells who else of the test awaits a signal, when a wait has ended without its answer: the
    /// driver knows, and the report names all sides.
    public var othersWaiting: () -> [String] = { [] }

    var position: Int
    var waiting = Waiting.start
    var frames: [Frame] = []
    var guardDepth = 0
    var limit: ActiveLimit
    var now: MonotonicTime
    var wait = CurrentWait()
    /// When cleaning up must be over, once the time has run out.
    var cleanupDeadline: Int64?
    var isCancelled = false
    /// Why it was cancelled while branches ran; told once they are joined.
    var frozen: Finding?
    /// Whether a second cancellation came while branches ran.
    var isCutShort = false

    /// The latest stop in code that is being debugged; -1 before the first.
    var lastStop = -1
    /// The stop of the latest failure in code that is being debugged; -1 for none.
    public internal(set) var failedStop = -1
    /// The sessions before a failure left any block.
    var sessionsBeforeFailure: [(any SessionHandle)?]?

    var random: Randomness
    /// The titles of the steps around a branch.
    let outerSteps: [String]

    var findings: [Finding] = []
    var hasEndedEarly = false
    private var notes: [FiberNote] = []
    /// Notes of a round of `eventually` that is not decided.
    var held: [FiberNote] = []
    var holdDepth: Int
    /// What limits the branches that are awaited.
    var joinDeadline: ActiveLimit?
    /// Branches whose notes are held as well.
    var heldChildren: [Fiber] = []

    /// How it ended; final once ``Request/finished`` was returned.
    public private(set) var outcome = FiberOutcome(verdict: .pass, findings: [], endedEarly: false)

    /// How many instructions it runs before others get a turn.
    static let fuel = 20_000

    /// A fiber that runs a test.
    ///
    /// - Parameters:
    ///   - attempt: 1, and more for retries; part of what randomness derives from.
    ///   - now: when its limit begins to count.
    public convenience init(
        program: CompiledProgram,
        instance: TestInstance,
        context: FiberContext,
        attempt: Int,
        now: MonotonicTime
    ) {
        let length = instance.timeout ?? context.limits.test
        let test = program.code.entries.tests[instance.test]
        self.init(
            shared: FiberShared(
                code: program.code,
                context: context,
                title: instance.title,
                timeout: instance.timeout,
                files: instance.files,
                isPreparing: false
            ),
            entry: test.body,
            random: Randomness(seed: context.seed, identity: instance.identity, attempt: attempt),
            limit: ActiveLimit(
                deadline: now.nanoseconds.addingClamped(length),
                owner: .test,
                length: length
            ),
            now: now
        )
        if let row = instance.caseValue, test.caseRegister >= 0 {
            registers[Int(test.caseRegister)] = row
        }
    }

    /// A fiber that runs a piece of code with the parameters and secrets in place.
    init(
        shared: FiberShared,
        entry: Entry,
        random: Randomness,
        limit: ActiveLimit,
        now: MonotonicTime
    ) {
        self.shared = shared
        self.code = shared.code
        registerCount = entry.registers
        registers = .allocate(capacity: entry.registers)
        registers.initialize(repeating: .unset, count: entry.registers)
        sessions = Array(repeating: nil, count: entry.sessions)
        position = entry.position
        self.limit = limit
        self.now = now
        self.random = random
        outerSteps = []
        holdDepth = 0
        let program = shared.code.program
        for (parameter, value) in zip(program.parameters, shared.context.parameters) {
            registers[parameter.variable.index] = value
        }
        for (secret, value) in zip(program.secrets, shared.context.secrets) {
            registers[secret.variable.index] = value.asSecret
        }
    }

    /// A branch of a fiber: it begins with its values and has sessions of its own.
    init(
        branchOf parent: Fiber,
        at position: Int,
        number: Int,
        random: Randomness,
        limit: ActiveLimit
    ) {
        shared = parent.shared
        code = parent.code
        registerCount = parent.registerCount
        registers = .allocate(capacity: registerCount)
        registers.initialize(from: parent.registers, count: registerCount)
        sessions = Array(repeating: nil, count: parent.sessions.count)
        self.position = position
        self.limit = limit
        now = parent.now
        self.random = random.derived(number)
        outerSteps = parent.steps
        holdDepth = parent.holdDepth > 0 ? 1 : 0
    }

    deinit {
        registers.deinitialize(count: registerCount)
        registers.deallocate()
    }

    /// Runs until something has to be waited for.
    ///
    /// - Parameters:
    ///   - event: the answer to the last request, ``Event/started`` at first, or a cancellation at
    ///     any time.
    ///   - now: the monotonic clock.
    public func resume(_ event: Event, now: MonotonicTime) -> Request {
        self.now = now
        if case .cancelled(let cancellation) = event { return cancel(cancellation) }
        let awaited = waiting
        waiting = .nothing
        do {
            if let request = try complete(awaited, event) { return request }
            try checkTime(after: awaited)
        } catch {
            stop(error)
        }
        return run()
    }

    /// What is answered at once gives the fiber new fuel; a loop of nothing else must end as well.
    private func checkTime(after awaited: Waiting) throws {
        switch awaited {
        case .send, .receive, .verb, .next, .startServer:
            if limit.deadline <= now.nanoseconds { throw lateByItself() }
        default: break
        }
    }

    /// What it told since the last time; empty most of the time.
    public func takeNotes() -> [FiberNote] {
        guard !notes.isEmpty else { return [] }
        let taken = notes
        notes = []
        return taken
    }

    /// Tells something, at once or when its round is decided.
    func tell(_ note: FiberNote) {
        switch note {
        case .logged where holdDepth > 0: notes.append(note)
        case _ where holdDepth > 0: held.append(note)
        default: notes.append(note)
        }
    }

    /// Tells what the held notes have become.
    func releaseHeldNotes() {
        guard holdDepth == 0 else { return }
        notes.append(contentsOf: held)
        held = []
    }

    /// The fiber has ended.
    func conclude() {
        outcome = FiberOutcome(
            verdict: findings.map(\.verdict).max() ?? .pass,
            findings: findings,
            endedEarly: hasEndedEarly
        )
    }
}

extension Int64 {
    /// The sum, or the nearest that 64 bits hold.
    func addingClamped(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}
