/// The timers of one loop, earliest first, in an indexed binary heap.
///
/// A mail dialogue sets a deadline for every reply and calls nearly all of them off again, so calling
/// off must be as cheap as setting: every timer knows its place in the heap. Equal deadlines fire in
/// the order they were set.
package final class TimerQueue {
    private var heap: [Timer] = []
    private var sequence: UInt64 = 0

    /// An empty queue.
    package init() {}

    /// The earliest deadline, if any timer is set.
    package var nextDeadline: MonotonicTime? { heap.first?.deadline }

    /// The number of timers set.
    package var count: Int { heap.count }

    /// Sets a timer.
    package func insert(at deadline: MonotonicTime, _ work: @escaping () -> Void) -> any LoopTimer {
        let timer = Timer(deadline: deadline, sequence: sequence, queue: self, work: work)
        sequence &+= 1
        timer.index = heap.count
        heap.append(timer)
        siftUp(timer.index)
        return timer
    }

    /// Takes the earliest timer out if it is due at `now`, and returns its work.
    package func popDue(at now: MonotonicTime) -> (() -> Void)? {
        guard let first = heap.first, first.deadline <= now else { return nil }
        let work = first.work
        remove(first)
        return work
    }

    /// Forgets every timer.
    package func removeAll() {
        for timer in heap {
            timer.index = -1
            timer.work = nil
        }
        heap.removeAll()
    }

    fileprivate func remove(_ timer: Timer) {
        let index = timer.index
        guard index >= 0, let last = heap.popLast() else { return }
        timer.index = -1
        timer.work = nil
        guard last !== timer else { return }
        last.index = index
        heap[index] = last
        siftUp(index)
        siftDown(last.index)
    }

    private func siftUp(_ start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard heap[index].precedes(heap[parent]) else { return }
            swap(index, parent)
            index = parent
        }
    }

    private func siftDown(_ start: Int) {
        var index = start
        while true {
            var least = index
            for child in (2 * index + 1)...(2 * index + 2)
            where child < heap.count && heap[child].precedes(heap[least]) {
                least = child
            }
            guard least != index else { return }
            swap(index, least)
            index = least
        }
    }

    private func swap(_ left: Int, _ right: Int) {
        heap.swapAt(left, right)
        heap[left].index = left
        heap[right].index = right
    }
}

extension TimerQueue {
    fileprivate final class Timer: LoopTimer {
        let deadline: MonotonicTime
        let sequence: UInt64
        /// The place in the heap; -1 once fired or called off.
        var index = -1
        var work: (() -> Void)?
        private weak var queue: TimerQueue?

        init(
            deadline: MonotonicTime,
            sequence: UInt64,
            queue: TimerQueue,
            work: @escaping () -> Void
        ) {
            self.deadline = deadline
            self.sequence = sequence
            self.queue = queue
            self.work = work
        }

        func cancel() {
            queue?.remove(self)
        }

        func precedes(_ other: Timer) -> Bool {
            deadline == other.deadline ? sequence < other.sequence : deadline < other.deadline
        }
    }
}
