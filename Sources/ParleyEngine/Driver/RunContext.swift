import ParleyMachine
import ParleyNetwork
import Synchronization

/// What all tests of a run share. Everything in it is immutable or guarded.
final class RunContext: Sendable {
    let sink: any EventSink
    let publishesDialogue: Bool
    let publishesSessions: Bool
    let publishesUnread: Bool
    let redactor: Redactor
    let trust: TrustContexts
    let started: MonotonicTime
    let resumption = ResumptionCache()
    /// Keeps what servers say, if somebody wants it.
    let recorder: Recorder?
    /// Stops tests, if somebody wants to look.
    let debugger: Debugger?
    private let lastSession = Atomic<Int>(0)

    init(
        sink: any EventSink,
        redactor: Redactor,
        trust: TrustContexts,
        started: MonotonicTime,
        recorder: Recorder? = nil,
        debugger: Debugger? = nil
    ) {
        self.debugger = debugger
        self.recorder = recorder
        recorder?.begin(redactor)
        self.sink = sink
        self.publishesDialogue = sink.wantsDialogue
        self.publishesSessions = sink.wantsSessions || sink.wantsDialogue
        self.publishesUnread = sink.wantsUnread
        self.redactor = redactor
        self.trust = trust
        self.started = started
    }

    /// A number for a session.
    func nextSession() -> Int {
        lastSession.add(1, ordering: .relaxed).newValue
    }

    /// Publishes an event that belongs to `identity`.
    func publish(_ kind: RunEvent.Kind, _ identity: EventIdentity, at time: MonotonicTime) {
        sink.receive(
            RunEvent(
                time: time.nanoseconds - started.nanoseconds,
                test: identity.test,
                attempt: identity.attempt,
                branch: identity.branch,
                kind: kind
            )
        )
    }
}

/// Whom an event belongs to.
struct EventIdentity: Sendable {
    /// The test's number; `nil` for the run itself.
    var test: Int?
    /// The attempt, from 1.
    var attempt = 1
    /// The branch.
    var branch: [Int] = []
}
