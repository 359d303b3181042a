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
        /// Sessions whose peer left since the last look.
        var ended: Set<Int> = []
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

    /// How much shows.
    var trace: TraceMode {
        get { state.withLock { $0.trace } }
        set { state.withLock { $0.trace = newValue } }
    }

    func receive(_ event: RunEvent) {
        let lines = state.withLock { state -> [String] in
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
        if !lines.isEmpty { write(lines) }
    }

    /// Shows lines made with the texts of the style.
    func show(_ make: (LiveText) -> [String]) {
        show(state.withLock { make($0.text) })
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
