import ParleyNetwork

/// One deadline that moves often and is rarely reached.
///
/// The loop's timer is left where it is when the deadline moves later or goes away, and looks again
/// when it fires: a conversation of seven replies arms one timer, not seven.
final class DeadlineTimer {
    private let loop: any Loop
    private var timer: (any LoopTimer)?
    private var armedFor = MonotonicTime.distantFuture
    private var deadline = MonotonicTime.distantFuture

    /// What happens when the deadline passes.
    var onPassed: (() -> Void)?

    init(loop: any Loop) {
        self.loop = loop
    }

    /// Moves the deadline.
    func set(_ deadline: MonotonicTime) {
        self.deadline = deadline
        guard deadline < armedFor else { return }
        timer?.cancel()
        arm(deadline)
    }

    /// There is no deadline for now.
    func clear() {
        deadline = .distantFuture
    }

    /// There will be none any more; breaks the cycle with whoever owns the timer.
    func stop() {
        deadline = .distantFuture
        timer?.cancel()
        timer = nil
        onPassed = nil
    }

    private func arm(_ time: MonotonicTime) {
        armedFor = time
        timer = loop.schedule(at: time) { self.fired() }
    }

    private func fired() {
        timer = nil
        armedFor = .distantFuture
        guard deadline != .distantFuture else { return }
        if loop.now >= deadline {
            deadline = .distantFuture
            onPassed?()
        } else {
            arm(deadline)
        }
    }
}
