import Glibc
import ParleyDiagnostics
import ParleyReports
import ParleyVerbs

/// What a stream can show.
struct TerminalSettings {
    let isTerminal: Bool
    let isColored: Bool
    let isUnicode: Bool
    let columns: Int

    init(of stream: StandardStream, color: ColorMode) {
        isTerminal = stream.isTerminal
        isColored = color.resolve(
            variable: ProcessEnvironment.variable,
            isTerminal: stream.isTerminal
        )
        isUnicode = Self.localeIsUnicode
        columns = stream.isTerminal ? Self.width(of: stream) : 100
    }

    var style: TerminalStyle { TerminalStyle(isColored: isColored) }

    var diagnosticRenderer: DiagnosticRenderer {
        DiagnosticRenderer(style: style, isUnicode: isUnicode)
    }

    var reportStyle: ReportStyle {
        var style = ReportStyle()
        style.isColored = isColored
        style.isUnicode = isUnicode
        style.columns = columns
        style.isLive = isTerminal && ProcessEnvironment.variable("TERM") != "dumb"
        return style
    }

    static func colorMode(_ word: String) throws -> ColorMode {
        guard let mode = ColorMode(rawValue: word) else {
            let known = ColorMode.allCases.map(\.rawValue)
            throw ToolFailure.unknown(word, "value of --color", among: known)
        }
        return mode
    }

    /// The first of the variables that is set decides. Where none is, as under cron or in a
    /// container, UTF-8 is what everything of today takes.
    private static var localeIsUnicode: Bool {
        for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
            guard let value = ProcessEnvironment.variable(name), !value.isEmpty else { continue }
            // Octets, not characters: the tables of Unicode would cost a start a twentieth.
            var rest = value.asciiUppercased.utf8[...]
            while !rest.isEmpty {
                if rest.starts(with: "UTF-8".utf8) || rest.starts(with: "UTF8".utf8) {
                    return true
                }
                rest.removeFirst()
            }
            return false
        }
        return true
    }

    private static func width(of stream: StandardStream) -> Int {
        var size = winsize()
        guard ioctl(stream.descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return 80
        }
        return max(40, Int(size.ws_col))
    }
}
