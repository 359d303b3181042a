/// The timers of one loop, earliest first, in an indexed binary heap.
///
/// A mail dialogue sets a deadline for every reply and calls nearly all of them off again, so
/// calling off must be as cheap as setting: every timer knows its place in the heap. Equal
/// deadlines fire in the order they were set.
package final class TimerQueue {
    private var heap: [Entry] = []
    private var sequence: UInt64 = 0

    /// An empty queue.
    package init() {}

    /// The earliest deadline, if any timer is set.
    package var nextDeadline: MonotonicTime? { heap.first?.deadline }

    /// The number of timers set.
    package var count: Int { heap.count }

    /// Sets a timer.
    package func insert(at deadline: MonotonicTime, _ work: @escaping () -> Void) -> any LoopTimer {
        let timer = QueuedTimer(queue: self, work: work)
        let entry = Entry(deadline: deadline, sequence: sequence, timer: timer)
        sequence &+= 1
        heap.append(entry)
        rise(entry, from: heap.count - 1)
        return timer
    }

    /// Takes the earliest timer out if it is due at `now`, and returns its work.
    package func popDue(at now: MonotonicTime) -> (() -> Void)? {
        guard let first = heap.first, first.deadline <= now else { return nil }
        let work = first.timer.work
        remove(first.timer)
        return work
    }

    /// Forgets every timer.
    package func removeAll() {
        for entry in heap { entry.timer.forget() }
        heap.removeAll()
    }

    fileprivate func remove(_ timer: QueuedTimer) {
        let index = timer.index
        guard index >= 0, let last = heap.popLast() else { return }
        timer.forget()
        guard index < heap.count else { return }
        if index > 0, last.precedes(heap[(index - 1) / 2]) {
            rise(last, from: index)
        } else {
            sink(last, from: index)
        }
    }

    /// Puts `entry` at `start` or as far above as it belongs.
    private func rise(_ entry: Entry, from start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard entry.precedes(heap[parent]) else { break }
            place(heap[parent], at: index)
            index = parent
        }
        place(entry, at: index)
    }

    /// Puts `entry` at `start` or as far below as it belongs.
    private func sink(_ entry: Entry, from start: Int) {
        var index = start
        while true {
            var child = 2 * index + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
            guard heap[child].precedes(entry) else { break }
            place(heap[child], at: index)
            index = child
        }
        place(entry, at: index)
    }

    private func place(_ entry: Entry, at index: Int) {
        heap[index] = entry
        entry.timer.index = index
    }
}

private struct Entry {
    let deadline: MonotonicTime
    let sequence: UInt64
    let timer: QueuedTimer

    func precedes(_ other: Entry) -> Bool {
        let (left, right) = (deadline.nanoseconds, other.deadline.nanoseconds)
        return left == right ? sequence < other.sequence : left < right
    }
}

private final class QueuedTimer: LoopTimer {
    /// The place in the heap; -1 once fired or called off.
    var index = -1
    private(set) var work: (() -> Void)?
    /// Let go when the timer leaves the queue; a weak reference would slow every use of the queue.
    private var queue: TimerQueue?

    init(queue: TimerQueue, work: @escaping () -> Void) {
        self.queue = queue
        self.work = work
    }

    func cancel() {
        queue?.remove(self)
    }

    func forget() {
        index = -1
        work = nil
        queue = nil
    }
}
