import Glibc
import ParleyShell
import Synchronization

/// What signals mean in a conversation: ^C ends what is awaited or drops what is typed, the ends of
/// terminals and sessions end it politely, the rest is the editor's.
final class ConversationSignals: Sendable {
    /// What is watched for beside ^C and SIGTERM; SIGHUP only where nobody switched it off.
    static var watched: [Int32] {
        var hangUp = sigaction()
        sigaction(SIGHUP, nil, &hangUp)
        let isIgnored = withUnsafeBytes(of: &hangUp.__sigaction_handler) { handler in
            handler.loadUnaligned(as: Int.self) == 1
        }
        return [SIGTSTP, SIGCONT, SIGWINCH] + (isIgnored ? [] : [SIGHUP])
    }

    private struct State {
        var interrupt: (@Sendable () -> Void)?
        var isLent = false
        var isBusy = false
        var interruptions = 0
        var ending: Int32?
    }

    private let state = Mutex(State())
    private let editor: any LineEditor

    init(editor: any LineEditor) {
        self.editor = editor
    }

    /// What ends what a statement awaits.
    func handle(_ interrupt: @escaping @Sendable () -> Void) {
        state.withLock { $0.interrupt = interrupt }
    }

    private func interrupt() { state.withLock { $0.interrupt }?() }

    /// A statement is carried out now.
    func begin() {
        state.withLock { state in
            state.isBusy = true
            state.interruptions = 0
        }
    }

    /// It is done.
    func end() { state.withLock { $0.isBusy = false } }

    /// Another program has the terminal, and what its keys send is for it.
    func lent(_ isLent: Bool) { state.withLock { $0.isLent = isLent } }

    /// The exit code if a signal ends the conversation: 128 and its number.
    var status: Int32? { state.withLock { $0.ending.map { 128 + $0 } } }

    /// Does what a signal asks for.
    func receive(_ signal: Int32) {
        let isLent = state.withLock { $0.isLent }
        if isLent, ![SIGTERM, SIGHUP].contains(signal) { return }
        switch signal {
        case SIGINT: interrupted()
        case SIGTSTP: editor.notice(.suspended)
        case SIGCONT: editor.notice(.continued)
        case SIGWINCH: editor.notice(.resized)
        default:
            let isSecond = state.withLock { state in
                defer { state.ending = state.ending ?? signal }
                return state.ending != nil
            }
            if isSecond { Self.leave(128 + signal) }
            editor.end(by: signal)
            interrupt()
        }
    }

    private func interrupted() {
        let (isBusy, count) = state.withLock { state in
            state.interruptions += 1
            return (state.isBusy || state.ending != nil, state.interruptions)
        }
        // Whatever it is that does not end: the third one is meant.
        if isBusy, count > 2 { Self.leave(ExitStatus.interrupted) }
        if isBusy { interrupt() }
        editor.interrupt(isBusy: isBusy)
    }

    private static func leave(_ status: Int32) -> Never {
        TerminalModes.restore()
        SecretPrompt.restore()
        _exit(status)
    }
}
