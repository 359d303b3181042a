internal import Glibc
internal import Synchronization

/// The threads for work that blocks, such as `getaddrinfo`; each is started when there is work and
/// nobody idle, because a probe of a literal address needs none.
final class OffloadPool: Sendable {
    private static let threadLimit = 4

    private struct State {
        var queue: [@Sendable () -> Void] = []
        var threads = 0
        var idle = 0
        var isShutDown = false
    }

    private let state = Mutex(State())
    private let signal = Semaphore()

    /// Runs `work` on a thread of the pool; `false` after ``shutDown()``.
    func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
        let (isAccepted, needsThread) = state.withLock { state in
            guard !state.isShutDown else { return (false, false) }
            state.queue.append(work)
            let needsThread = state.queue.count > state.idle && state.threads < Self.threadLimit
            if needsThread { state.threads += 1 }
            return (true, needsThread)
        }
        if needsThread, !SystemThread.start({ self.work() }) {
            state.withLock { $0.threads -= 1 }
        }
        if isAccepted { signal.post() }
        return isAccepted
    }

    /// Lets the threads end once the queue is empty.
    func shutDown() {
        let threads = state.withLock { state in
            state.isShutDown = true
            return state.threads
        }
        for _ in 0..<threads { signal.post() }
    }

    private func work() {
        while true {
            state.withLock { $0.idle += 1 }
            signal.wait()
            let next = state.withLock { state -> (@Sendable () -> Void)? in
                state.idle -= 1
                return state.queue.isEmpty ? nil : state.queue.removeFirst()
            }
            // Nothing to do means that the pool has been shut down.
            guard let next else { return }
            next()
        }
    }
}

/// The C library's semaphore, at an address that stays.
private final class Semaphore: @unchecked Sendable {
    private let raw = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() {
        sem_init(raw, 0, 0)
    }

    deinit {
        sem_destroy(raw)
        raw.deallocate()
    }

    func post() {
        sem_post(raw)
    }

    func wait() {
        while sem_wait(raw) != 0 {}
    }
}
