import Glibc

/// A bounded queue between threads: those that put wait while it is full, the one that takes waits
/// while it is empty.
///
/// Unchecked, because the state is guarded by a POSIX mutex, which the compiler does not know; the
/// condition variables that go with it have no counterpart in `Synchronization`.
package final class WaitingQueue<Item: Sendable>: @unchecked Sendable {
    /// What taking gave.
    package enum Taken {
        /// Everything that waited, in order.
        case items([Item])
        /// Nothing came in time.
        case nothingYet
        /// Nothing is left, and nothing will come.
        case ended
    }

    private let capacity: Int
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let filled = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let emptied = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var items: [Item] = []
    private var hasEnded = false

    package init(capacity: Int) {
        self.capacity = capacity
        pthread_mutex_init(mutex, nil)
        // Waiting with a limit must not notice that somebody sets the clock.
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(filled, &attributes)
        pthread_cond_init(emptied, nil)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(filled)
        pthread_cond_destroy(emptied)
        pthread_mutex_destroy(mutex)
        filled.deallocate()
        emptied.deallocate()
        mutex.deallocate()
    }

    /// Adds an item; drops it if the queue has ended.
    ///
    /// - Parameter waits: whether it waits for room.
    package func put(_ item: Item, waits: Bool = true) {
        pthread_mutex_lock(mutex)
        while waits, items.count >= capacity, !hasEnded { pthread_cond_wait(emptied, mutex) }
        if !hasEnded { items.append(item) }
        let wasEmpty = items.count == 1
        pthread_mutex_unlock(mutex)
        if wasEmpty { pthread_cond_signal(filled) }
    }

    /// Nothing more will be put.
    package func end() {
        pthread_mutex_lock(mutex)
        hasEnded = true
        pthread_mutex_unlock(mutex)
        pthread_cond_broadcast(filled)
        pthread_cond_broadcast(emptied)
    }

    /// Takes all that waits, waiting for the first; at most so many nanoseconds if there is a
    /// limit.
    package func take(waitingAtMost limit: Int64?) -> Taken {
        var deadline = timespec()
        if let limit {
            let end = MonotonicNow.nanoseconds() + limit
            deadline.tv_sec = Int(end / 1_000_000_000)
            deadline.tv_nsec = Int(end % 1_000_000_000)
        }
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while items.isEmpty, !hasEnded {
            guard limit != nil else {
                pthread_cond_wait(filled, mutex)
                continue
            }
            if pthread_cond_timedwait(filled, mutex, &deadline) == ETIMEDOUT, items.isEmpty {
                return hasEnded ? .ended : .nothingYet
            }
        }
        guard !items.isEmpty else { return .ended }
        let taken = items
        items = []
        pthread_cond_broadcast(emptied)
        return .items(taken)
    }
}
