import ParleyEngine
import ParleyMachine
import ParleyReports
import Synchronization

/// Where the shell's lines go: those of a command, and those that a server sends unasked. Callable
/// from any thread; lines of one call stay together.
final class ShellOutput: EventSink {
    private struct State {
        var text: LiveText
        var trace = TraceMode.on
        /// The phases of the statement that runs.
        var clock = PhaseClock()
        /// Octets that came since the last statement ended.
        var unasked = 0
        /// Takes secrets out of whatever is shown.
        var scrub: (@Sendable (String) -> String)?
    }

    /// How much of the dialogue shows as it happens.
    enum TraceMode: String, CaseIterable {
        case off, on, raw, hex
    }

    private let state: Mutex<State>
    private let write: @Sendable ([String]) -> Void

    /// - Parameter write: shows lines, each without its line end, above whatever is being typed.
    init(style: ReportStyle, write: @escaping @Sendable ([String]) -> Void) {
        state = Mutex(State(text: LiveText(style: style)))
        self.write = write
    }

    var wantsDialogue: Bool { true }

    var wantsUnread: Bool { true }

    /// How much shows.
    var trace: TraceMode {
        get { state.withLock { $0.trace } }
        set { state.withLock { $0.trace = newValue } }
    }

    /// Takes secrets out of all lines from now on.
    func scrub(with scrub: @escaping @Sendable (String) -> String) {
        state.withLock { $0.scrub = scrub }
    }

    /// Begins to measure a statement.
    func beginPhases() {
        state.withLock { $0.clock = PhaseClock() }
    }

    /// The phases of the statement that has ended; what comes now comes unasked.
    func endPhases() -> PhaseClock {
        state.withLock { state in
            state.unasked = 0
            return state.clock
        }
    }

    /// Whether a server has spoken since the last statement ended.
    var hasUnasked: Bool { state.withLock { $0.unasked > 0 } }

    func receive(_ event: RunEvent) {
        let lines = state.withLock { state -> [String] in
            state.clock.note(event)
            switch event.kind {
            case .received(_, let octets), .unread(_, let octets): state.unasked += octets.count
            default: break
            }
            switch (state.trace, event.kind) {
            case (.off, .sent), (.off, .received): return []
            case (.raw, .sent(_, let octets)): return [Self.raw("C", octets)]
            case (.raw, .received(_, let octets)): return [Self.raw("S", octets)]
            case (.hex, .sent(_, let octets)): return HexDump.lines("C", octets)
            case (.hex, .received(_, let octets)): return HexDump.lines("S", octets)
            case (_, .note(.logged(let text))): return [state.text.safe(text)]
            case (_, .testStarted), (_, .testFinished), (_, .runStarted), (_, .runFinished):
                return []
            default: return state.text.lines(for: event)
            }
        }
        if !lines.isEmpty { write(lines) }
    }

    /// Text of peers or files, fit for the terminal.
    func safe(_ text: String) -> String { state.withLock { $0.text.safe(text) } }

    /// Shows lines that are fit for the terminal.
    func show(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        let scrub = state.withLock { $0.scrub }
        write(scrub.map { lines.map($0) } ?? lines)
    }

    /// Shows lines made with the texts of the style.
    func show(_ make: (LiveText) -> [String]) {
        show(state.withLock { make($0.text) })
    }

    /// The octets line by line, each as a string of the language writes it.
    static func raw(lines octets: [UInt8]) -> [String] {
        var lines: [String] = []
        var rest = octets[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.endIndex
            lines.append(raw("S", Array(rest[..<end])))
            rest = rest[end...]
        }
        return lines
    }

    /// The octets as a string of the language writes them.
    private static func raw(_ side: String, _ octets: [UInt8]) -> String {
        var text = ""
        for octet in octets {
            switch octet {
            case 0x0D: text += "\\r"
            case 0x0A: text += "\\n"
            case 0x09: text += "\\t"
            case 0x22: text += "\\\""
            case 0x5C: text += "\\\\"
            case 0x20..<0x7F: text.unicodeScalars.append(Unicode.Scalar(octet))
            default:
                let digits = String(octet, radix: 16, uppercase: true)
                text += "\\x" + (octet < 16 ? "0" : "") + digits
            }
        }
        return "  \(side) \"\(text)\""
    }
}
