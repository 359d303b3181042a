internal import NIOPosix
internal import Synchronization

/// The threads for work that blocks, such as `getaddrinfo`; started by the first use, because a probe
/// of a literal address needs none.
final class OffloadPool: Sendable {
    private static let threadCount = 4

    private enum State {
        case idle
        case running(NIOThreadPool)
        case shutDown
    }

    private let state = Mutex(State.idle)

    /// Runs `work` on a thread of the pool; `false` after ``shutDown()``.
    func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
        let pool: NIOThreadPool? = state.withLock { state in
            switch state {
            case .running(let pool): return pool
            case .shutDown: return nil
            case .idle:
                let pool = NIOThreadPool(numberOfThreads: Self.threadCount)
                pool.start()
                state = .running(pool)
                return pool
            }
        }
        pool?.submit { _ in work() }
        return pool != nil
    }

    func shutDown() async {
        let pool: NIOThreadPool? = state.withLock { state in
            defer { state = .shutDown }
            guard case .running(let pool) = state else { return nil }
            return pool
        }
        try? await pool?.shutdownGracefully()
    }
}
