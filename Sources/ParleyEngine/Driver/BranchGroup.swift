import ParleyMachine
import ParleyNetwork

/// Fibers of one `parallel` or `for … parallel`: made when there is room, joined at the end. Loop
/// only.
final class BranchGroup {
    private let request: SpawnRequest
    private unowned let parent: FiberTask
    private var outcomes: [FiberOutcome?]
    private var running: [Int: FiberTask] = [:]
    private var next = 0
    private var isFilling = false
    private var isCancelled = false
    private var timer: (any LoopTimer)?

    init(_ request: SpawnRequest, of parent: FiberTask) {
        self.request = request
        self.parent = parent
        outcomes = Array(repeating: nil, count: request.count)
    }

    func start() {
        if request.limit.deadline != .distantFuture {
            timer = parent.loop.schedule(at: request.limit.deadline) { [weak self] in
                guard let self, !isCancelled else { return }
                cancel(
                    Cancellation(
                        .limit(
                            reason: "time.block",
                            message: "the branch was still running when the limit around it passed"
                        )
                    )
                )
            }
        }
        fill()
    }

    /// Ends all branches, the newest first; those that have not begun never will. A second time
    /// their cleaning up ends as well.
    func cancel(_ cancellation: Cancellation) {
        isCancelled = true
        next = request.count
        for number in running.keys.sorted(by: >) { running[number]?.cancel(cancellation) }
        fill()
    }

    /// Starts branches while there is room. A branch that ends at once must not nest into the next
    /// one's start: twenty thousand of them would not fit the stack.
    private func fill() {
        guard !isFilling else { return }
        isFilling = true
        while next < request.count, running.count < max(1, request.width) {
            let number = next
            next += 1
            var identity = parent.identity
            identity.branch.append(number)
            let task = FiberTask(
                fiber: request.make(number),
                test: parent.test,
                identity: identity
            ) { [unowned self] outcome in
                ended(number, outcome)
            }
            running[number] = task
            task.start()
        }
        isFilling = false
        if running.isEmpty, next == request.count { join() }
    }

    private func ended(_ number: Int, _ outcome: FiberOutcome) {
        outcomes[number] = outcome
        running[number] = nil
        fill()
    }

    private func join() {
        guard case .branches(let group) = parent.waiting, group === self else { return }
        timer?.cancel()
        parent.resume(
            .joined(
                outcomes.map { outcome in
                    outcome ?? FiberOutcome(verdict: .pass, findings: [], endedEarly: true)
                }
            )
        )
    }
}
