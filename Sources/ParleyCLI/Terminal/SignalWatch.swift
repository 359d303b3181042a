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
        var receiver: (@Sendable (Int32) -> Void)?
        var count = 0
        var isPrompting = false
    }

    private let state = Mutex(State())

    /// Does the work and ends the process with the code it returns. Must be called on the main
    /// thread, before there are others.
    ///
    /// - Parameter others: signals to watch for beside SIGINT and SIGTERM; without a receiver they
    ///   do nothing.
    static func run(
        watching others: [Int32] = [],
        _ work: @escaping @Sendable (SignalWatch) async -> Int32
    ) -> Never {
        signal(SIGPIPE, SIG_IGN)
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        for number in others { sigaddset(&signals, number) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)

        let watch = SignalWatch()
        Task.detached { exit(await work(watch)) }
        var received: Int32 = 0
        while true {
            guard sigwait(&signals, &received) == 0 else { continue }
            if let receiver = watch.state.withLock({ $0.receiver }) {
                receiver(received)
            } else if received == SIGINT || received == SIGTERM || received == SIGHUP {
                watch.interrupt()
            }
        }
    }

    /// Who answers every signal from now on, in place of what ``handle(_:)`` set; those that came
    /// before are made up for.
    func receive(_ receiver: @escaping @Sendable (Int32) -> Void) {
        let missed = state.withLock { state in
            state.receiver = receiver
            return state.count
        }
        if missed > 0 { receiver(SIGTERM) }
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
            TerminalModes.restore()
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
