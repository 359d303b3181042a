import Glibc
import ParleyEngine
import ParleyShell
import Synchronization

/// Lines as they come, from a file, a pipe or a terminal's own line discipline; nothing is edited.
final class PlainLines: LineEditor {
    private struct State {
        var held: [UInt8] = []
        var isAtEnd = false
    }

    /// What one line may be long, in octets.
    private static let limit = 1 << 20

    private let state = Mutex(State())
    private let signal = Mutex<Int32?>(nil)
    private let mailbox = EditorMailbox()
    private let showsPrompt: Bool
    private let prompting: @Sendable (String) -> SecretAnswer

    /// - Parameters:
    ///   - showsPrompt: whether somebody types who wants to see it.
    ///   - secret: how a secret is asked for.
    init(showsPrompt: Bool, secret: @escaping @Sendable (String) -> SecretAnswer) {
        self.showsPrompt = showsPrompt
        prompting = secret
    }

    func line(_ request: LineRequest) async -> EditedLine {
        if showsPrompt { StandardStream.output.write(request.prompt) }
        while true {
            if let line = heldLine() { return line }
            if let interruption = interruption() { return interruption }
            guard wait() else { continue }
            var chunk = [UInt8](repeating: 0, count: 4096)
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            state.withLock { state in
                if count <= 0 { state.isAtEnd = true } else { state.held += chunk.prefix(count) }
            }
        }
    }

    /// A line that was read already, or the end.
    private func heldLine() -> EditedLine? {
        state.withLock { state in
            if let feed = state.held.firstIndex(of: 0x0A) {
                let line = String(decoding: state.held[..<feed], as: UTF8.self)
                state.held.removeSubrange(...feed)
                return .line(line)
            }
            guard state.isAtEnd || state.held.count >= Self.limit else { return nil }
            guard !state.held.isEmpty else { return .end }
            let line = String(decoding: state.held, as: UTF8.self)
            state.held = []
            return .line(line)
        }
    }

    /// Waits for input or for a signal; whether it is input.
    private func wait() -> Bool {
        var descriptors = [pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)]
        if let mailbox {
            descriptors.append(pollfd(fd: mailbox.wake, events: Int16(POLLIN), revents: 0))
        }
        guard poll(&descriptors, nfds_t(descriptors.count), -1) > 0 else { return false }
        return descriptors[0].revents != 0
    }

    private func interruption() -> EditedLine? {
        if let number = signal.withLock({ $0 }) { return .ended(by: number) }
        for case .interrupt in mailbox?.take() ?? [] {
            StandardStream.output.write("\n")
            return .dropped(wasEmpty: state.withLock { $0.held.isEmpty })
        }
        return nil
    }

    func show(_ lines: [String]) {
        StandardStream.output.write(lines.map { $0 + "\n" }.joined())
    }

    func remember(_ input: String) {}

    func secret(_ prompt: String) -> SecretAnswer { prompting(prompt) }

    func lend(_ body: @escaping @Sendable (() -> Void) -> EditedText) async -> EditedText {
        .noEditor
    }

    func interrupt(isBusy: Bool) {
        guard showsPrompt else { return end(by: SIGINT) }
        if !isBusy { mailbox?.post(.interrupt(isBusy: false)) }
    }

    func end(by number: Int32) {
        signal.withLock { $0 = $0 ?? number }
        mailbox?.post(.interrupt(isBusy: false))
    }

    func notice(_ change: TerminalChange) {
        guard case .suspended = change else { return }
        kill(getpid(), SIGSTOP)
    }

    func close() {}
}
