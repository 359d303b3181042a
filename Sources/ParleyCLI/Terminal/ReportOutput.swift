import Synchronization

/// Standard output as a report's; when nobody reads it any more, says so once and goes quiet.
final class ReportOutput: Sendable {
    private let isBroken = Mutex(false)
    private let whenBroken: @Sendable () -> Void

    init(whenBroken: @escaping @Sendable () -> Void) {
        self.whenBroken = whenBroken
    }

    func write(_ text: String) {
        guard !isBroken.withLock({ $0 }), !StandardStream.output.write(text) else { return }
        isBroken.withLock { $0 = true }
        whenBroken()
    }
}
