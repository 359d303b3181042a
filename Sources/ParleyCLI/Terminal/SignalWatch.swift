import Glibc
import Synchronization

/// Answers SIGINT and SIGTERM with ordinary code: the main thread waits for them while the work is
/// done on others, all of which leave these signals alone.
///
/// The first interrupts politely, the second at once, a third ends the process whatever it does.
/// SIGPIPE is ignored: writing tells.
final class SignalWatch: Sendable {
    private struct State {
        var action: (@Sendable () -> Void)?
        var count = 0
        var isPrompting = false
    }

    private let state = Mutex(State())

    /// Does the work and ends the process with the code it returns. Must be called on the main
    /// thread, before there are others.
    static func run(_ work: @escaping @Sendable (SignalWatch) async -> Int32) -> Never {
        signal(SIGPIPE, SIG_IGN)
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &signals, nil)

        let watch = SignalWatch()
        Task.detached { exit(await work(watch)) }
        var received: Int32 = 0
        while true {
            if sigwait(&signals, &received) == 0 { watch.interrupt() }
        }
    }

    /// What an interruption does; those that came before are made up for.
    func handle(_ action: @escaping @Sendable () -> Void) {
        let missed = state.withLock { state in
            state.action = action
            return state.count
        }
        for _ in 0..<min(missed, 2) { action() }
    }

    /// Interrupts as a signal would.
    func interrupt() {
        let (count, action, isPrompting) = state.withLock { state in
            state.count += 1
            return (state.count, state.action, state.isPrompting)
        }
        // Nothing is open yet while a secret is typed: there is nobody to be polite to.
        if isPrompting || count > 2 {
            SecretPrompt.restore()
            _exit(ExitStatus.interrupted)
        }
        action?()
    }

    /// Runs what waits for the user's typing.
    func whilePrompting<Result>(_ body: () -> Result) -> Result {
        state.withLock { $0.isPrompting = true }
        defer { state.withLock { $0.isPrompting = false } }
        return body()
    }
}
