import Glibc
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
    private let showsPrompt: Bool

    /// - Parameter showsPrompt: whether somebody types who wants to see it.
    init(showsPrompt: Bool) {
        self.showsPrompt = showsPrompt
    }

    func line(prompt: String, assistant: any LineAssistant) -> EditedLine {
        if showsPrompt { StandardStream.output.write(prompt) }
        return state.withLock { state in
            while true {
                if let feed = state.held.firstIndex(of: 0x0A) {
                    let line = String(decoding: state.held[..<feed], as: UTF8.self)
                    state.held.removeSubrange(...feed)
                    return .line(line)
                }
                guard !state.isAtEnd, state.held.count < Self.limit else {
                    guard !state.held.isEmpty else { return .end }
                    let line = String(decoding: state.held, as: UTF8.self)
                    state.held = []
                    return .line(line)
                }
                var chunk = [UInt8](repeating: 0, count: 4096)
                let count = read(STDIN_FILENO, &chunk, chunk.count)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { state.isAtEnd = true } else { state.held += chunk.prefix(count) }
            }
        }
    }

    func show(_ lines: [String]) {
        StandardStream.output.write(lines.map { $0 + "\n" }.joined())
    }

    func remember(_ input: String) {}
}
