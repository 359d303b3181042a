import ParleyMachine
import ParleyNetwork

/// What belongs to one loop: its sessions and its running fibers. Loop only.
final class LoopDriver: @unchecked Sendable {
    let loop: any Loop
    let run: RunContext

    /// Every session that is not gone yet, those that take leave included.
    private(set) var sessions: [Int: Session] = [:]
    private(set) var tests: [ObjectIdentifier: TestRun] = [:]
    private var whenQuiet: (() -> Void)?

    init(loop: any Loop, run: RunContext) {
        self.loop = loop
        self.run = run
    }

    func add(_ session: Session) {
        sessions[session.id] = session
    }

    func remove(_ session: Session) {
        guard sessions.removeValue(forKey: session.id) != nil else { return }
        session.timer.stop()
        tellIfQuiet()
    }

    func add(_ test: TestRun) {
        tests[ObjectIdentifier(test)] = test
    }

    func remove(_ test: TestRun) {
        tests[ObjectIdentifier(test)] = nil
    }

    /// Ends every running test with this cancellation.
    func cancelAll(_ cancellation: Cancellation) {
        for test in tests.values { test.cancel(cancellation) }
    }

    /// Closes everything at once: the second interrupt.
    func abortAll() {
        for session in sessions.values { session.giveUp() }
    }

    /// Calls `body` once no session is left.
    func afterFarewells(_ body: @escaping () -> Void) {
        whenQuiet = body
        tellIfQuiet()
    }

    private func tellIfQuiet() {
        guard sessions.isEmpty, let body = whenQuiet else { return }
        whenQuiet = nil
        body()
    }
}
