import ParleyMachine
import ParleyNetwork

/// A fiber that is being driven: it does what the fiber requests and resumes it with the outcome.
/// Loop only.
final class FiberTask: SessionOwner {
    var fiber: Fiber
    /// The test holds its root fiber until it ends, and so breaks the circle.
    let test: TestRun
    let identity: EventIdentity
    var onFinish: (FiberOutcome) -> Void
    /// Whether a piece of a conversation runs in place of the fiber, which stands still.
    var isVisited = false
    /// What failed since a debugger had its say.
    private var failure: Finding?

    var waiting = Waiting.nothing
    /// Sessions that the fiber has opened and not closed, for the dialogues of its findings.
    var sessions: [Int: Session] = [:]
    /// At how many of them those whose connection is gone are forgotten.
    var sessionsToCheck = 128
    private var isRunning = false
    /// How many requests may be answered at once before others get their turn.
    private static let turn = 64
    private var pending: Event?
    private var cancellation: Cancellation?

    /// What the fiber awaits.
    enum Waiting {
        case nothing
        case session(Session)
        case timer(any LoopTimer)
        case survey(SurveyTask)
        /// An answer by request number; a later one is dropped.
        case request(Int)
        /// A signal by its number on the board, and the limit of the wait.
        case signal(Int, any LoopTimer)
        case branches(BranchGroup)
        case ended
    }

    init(
        fiber: Fiber,
        test: TestRun,
        identity: EventIdentity,
        onFinish: @escaping (FiberOutcome) -> Void
    ) {
        self.fiber = fiber
        self.test = test
        self.identity = identity
        self.onFinish = onFinish
    }

    var driver: LoopDriver { test.driver }
    var loop: any Loop { test.driver.loop }

    /// Runs the fiber from its beginning.
    func start() {
        fiber.othersWaiting = { [signals = test.signals] in signals.waiting }
        resume(.started)
    }

    /// Runs a fiber that continues the one that has ended.
    func goOn(with fiber: Fiber, onFinish: @escaping (FiberOutcome) -> Void) {
        self.fiber = fiber
        self.onFinish = onFinish
        cancellation = nil
        waiting = .nothing
        start()
    }

    /// Resumes the fiber, and again for as long as its requests are answered at once.
    func resume(_ event: Event) {
        guard !isRunning else {
            // An answer that comes while the request is still being made waits its turn.
            pending = event
            return
        }
        isRunning = true
        var next: Event? = event
        var turns = 0
        while let event = next {
            guard turns < Self.turn else {
                goOnLater(with: event)
                break
            }
            turns += 1
            waiting = .nothing
            let request = fiber.resume(event, now: loop.now)
            publishNotes()
            if let cancellation, !request.isFinished {
                // What was asked for in the meantime is not begun any more.
                self.cancellation = nil
                next = .cancelled(cancellation)
                continue
            }
            if let finding = failure {
                failure = nil
                if stop(failed: finding, before: request) { break }
            }
            next = perform(request) ?? pending
            pending = nil
        }
        isRunning = false
        finishIfEnded()
    }

    /// Does what the fiber asked for before it was stopped.
    func resume(performing request: Request) {
        isRunning = true
        let event = perform(request) ?? pending
        pending = nil
        isRunning = false
        if let event { resume(event) } else { finishIfEnded() }
    }

    private func finishIfEnded() {
        guard case .ended = waiting else { return }
        // A session that the peer has left is not open for the fiber, but it is not gone either.
        if !fiber.keepsWhatIsOpen {
            for session in sessions.values { session.closePolitely() }
        }
        onFinish(fiber.outcome)
    }

    /// The fiber is to unwind: what it awaits is given up, and `finally` runs.
    func cancel(_ cancellation: Cancellation) {
        switch waiting {
        case .ended:
            return
        case .nothing:
            // It runs right now; its next request is not begun.
            self.cancellation = cancellation
        case .branches(let group):
            fiber.freeze(cancellation, now: loop.now)
            group.cancel(cancellation)
        case .session(let session):
            session.cancelActivity()
            resume(.cancelled(cancellation))
        case .timer(let timer):
            timer.cancel()
            resume(.cancelled(cancellation))
        case .survey(let survey):
            survey.cancel()
            resume(.cancelled(cancellation))
        case .signal(let number, let timer):
            test.signals.giveUp(number)
            timer.cancel()
            resume(.cancelled(cancellation))
        case .request:
            resume(.cancelled(cancellation))
        }
    }

    // MARK: - SessionOwner

    func sessionAnswered(_ session: Session, _ event: Event) {
        guard case .session(let awaited) = waiting, awaited === session else { return }
        resume(event)
    }

    // MARK: - Notes

    private func publishNotes() {
        for note in fiber.takeNotes() {
            switch note {
            case .found where isVisited:
                // It is told at the prompt, and is none of the test's.
                break
            case .found(let finding):
                if driver.run.debugger != nil, finding.verdict >= .fail { failure = finding }
                if let id = finding.session, let session = sessions[id] {
                    test.keepDialogue(of: session)
                }
                test.publish(.note(.found(test.scrubbed(finding))), identity)
            case .held:
                if driver.run.publishesDialogue { test.publish(.note(note), identity) }
            default:
                test.publish(.note(test.scrubbed(note)), identity)
            }
        }
    }
}

extension Request {
    /// Whether the fiber has ended.
    fileprivate var isFinished: Bool {
        if case .finished = self { true } else { false }
    }
}
