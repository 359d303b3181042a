import Synchronization

/// What can be interrupted beside the conversation itself: a script that a command runs.
final class RunningWork: Sendable {
    private let action = Mutex<(@Sendable () -> Void)?>(nil)

    /// Does `work`, which `interrupt` ends early.
    func whileRunning<Value>(
        interrupt: @escaping @Sendable () -> Void,
        _ work: () async -> Value
    ) async -> Value {
        action.withLock { $0 = interrupt }
        defer { action.withLock { $0 = nil } }
        return await work()
    }

    /// Ends what runs, if anything does. Callable from any thread.
    ///
    /// - Returns: whether anything did.
    @discardableResult
    func interrupt() -> Bool {
        guard let action = action.withLock({ $0 }) else { return false }
        action()
        return true
    }
}
