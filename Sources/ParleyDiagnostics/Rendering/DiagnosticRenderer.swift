/// Shows diagnostics to people: message, place, source line, marks under it, notes and help.
///
///     error: ‘=’ gives a value, ‘==’ compares [script.syntax.equals]
///       ┌ probe.parley:4:14
///      4│     expect x = 5
///       │              ^
///       = help: write `==`
///
/// The text of the script is shown so that nothing in it steers the terminal.
public struct DiagnosticRenderer: Sendable {
    private let style: TerminalStyle
    private let frame: Frame

    /// The characters of the frame.
    private struct Frame {
        var corner: String
        var bar: String
        var gap: String
    }

    /// A renderer.
    ///
    /// - Parameter isUnicode: whether the frame may be drawn with box characters; else it is ASCII.
    public init(style: TerminalStyle = TerminalStyle(isColored: false), isUnicode: Bool = true) {
        self.style = style
        frame =
            isUnicode
            ? Frame(corner: "┌", bar: "│", gap: "⋮") : Frame(corner: "-->", bar: "|", gap: ":")
    }

    /// All diagnostics, a blank line between them, and a last line that counts them.
    public func render(_ diagnostics: [Diagnostic]) -> String {
        guard !diagnostics.isEmpty else { return "" }
        var parts = diagnostics.map { render($0) }
        let errors = diagnostics.count { $0.severity == .error }
        let warnings = diagnostics.count { $0.severity == .warning }
        var counts: [String] = []
        if errors > 0 { counts.append(errors == 1 ? "1 error" : "\(errors) errors") }
        if warnings > 0 { counts.append(warnings == 1 ? "1 warning" : "\(warnings) warnings") }
        if !counts.isEmpty { parts.append(counts.joined(separator: ", ") + "\n") }
        return parts.joined(separator: "\n")
    }

    /// One diagnostic; ends with a newline.
    public func render(_ diagnostic: Diagnostic) -> String {
        var text = head(diagnostic)
        let labels = [(diagnostic.primary, true)] + diagnostic.secondary.map { ($0, false) }
        let last = labels.map { $0.0.place.source.line(at: $0.0.place.range.start) }.max() ?? 1
        let margin = max(2, "\(last)".utf8.count) + 1
        var rest = labels
        while let first = rest.first {
            let source = first.0.place.source
            let own = rest.filter { $0.0.place.source === source }
            rest.removeAll { $0.0.place.source === source }
            text += excerpt(source, own, at: first.0.place, margin, diagnostic.severity)
        }
        let indent = String(repeating: " ", count: margin)
        for note in diagnostic.notes {
            text += indent + style.cyan("=") + " note: " + Self.safe(note) + "\n"
        }
        if let help = diagnostic.help {
            text += indent + style.cyan("=") + " " + style.bold("help:") + " "
            text += Self.safe(help) + "\n"
        }
        return text
    }

    private static func safe(_ text: String) -> String {
        DisplayText.safe(DisplayText.shortened(text))
    }

    private func head(_ diagnostic: Diagnostic) -> String {
        let word = paint(diagnostic.severity.rawValue, diagnostic.severity)
        let message = style.bold(Self.safe(diagnostic.message))
        return "\(word): \(message) \(style.dim("[\(diagnostic.code)]"))\n"
    }

    private func paint(_ text: String, _ severity: Diagnostic.Severity) -> String {
        switch severity {
        case .error: style.boldRed(text)
        case .warning: style.boldYellow(text)
        case .note: style.boldCyan(text)
        }
    }

    // MARK: - Source lines

    private func excerpt(
        _ source: SourceText,
        _ labels: [(Diagnostic.Label, Bool)],
        at place: SourcePlace,
        _ margin: Int,
        _ severity: Diagnostic.Severity
    ) -> String {
        let indent = String(repeating: " ", count: margin)
        var text = "\(indent)\(style.cyan(frame.corner)) \(DisplayText.safe(place.description))\n"
        let lines = Set(labels.map { source.line(at: $0.0.place.range.start) }).sorted()
        var previous: Int?
        for line in lines {
            if let previous, line > previous + 1 { text += indent + style.cyan(frame.gap) + "\n" }
            previous = line
            let own = labels.filter { source.line(at: $0.0.place.range.start) == line }
            let around = own.map { $0.0.place.range.start }.min() ?? 0
            let shown = SourceLine(source, line: line, around: around)
            let number = String(repeating: " ", count: margin - "\(line)".utf8.count) + "\(line)"
            text += style.cyan(number + frame.bar) + " \(shown.text)\n"
            for row in marks(own, in: shown, severity) {
                text += indent + style.cyan(frame.bar) + " \(row)\n"
            }
        }
        return text
    }

    /// A label's mark under its line.
    private struct Mark {
        var start: Int
        var end: Int
        var text: String
        var isPrimary: Bool
    }

    /// The rows under a line: the underlines with the last label's text, then the other texts.
    private func marks(
        _ labels: [(Diagnostic.Label, Bool)],
        in line: SourceLine,
        _ severity: Diagnostic.Severity
    ) -> [String] {
        let marks = labels.map { label, isPrimary in
            let range = label.place.range
            let start = line.column(of: range.start)
            return Mark(
                start: start,
                end: max(start + 1, line.column(of: range.end)),
                text: Self.safe(label.text),
                isPrimary: isPrimary
            )
        }.sorted { $0.start < $1.start }
        var row: [Mark] = []
        for mark in marks where !(row.last.map { mark.start < $0.end } ?? false) {
            row.append(mark)
        }
        let overlapping = marks.filter { mark in
            !row.contains { $0.start == mark.start && $0.isPrimary == mark.isPrimary }
        }
        var rows = [underlines(row, severity)]
        var waiting = row.filter { !$0.text.isEmpty }
        if let last = row.last, !last.text.isEmpty {
            rows[0] += " " + paintMark(last.text, last, severity)
            waiting.removeLast()
        }
        while let mark = waiting.popLast() {
            var text = ""
            var column = 0
            for other in waiting {
                text += String(repeating: " ", count: other.start - column)
                text += paintMark(frame.bar, other, severity)
                column = other.start + 1
            }
            text += String(repeating: " ", count: max(0, mark.start - column))
            rows.append(text + paintMark(mark.text, mark, severity))
        }
        for mark in overlapping {
            rows.append(
                underlines([mark], severity) + " " + paintMark(mark.text, mark, severity)
            )
        }
        return rows
    }

    private func underlines(_ marks: [Mark], _ severity: Diagnostic.Severity) -> String {
        var text = ""
        var column = 0
        for mark in marks {
            text += String(repeating: " ", count: mark.start - column)
            let sign = mark.isPrimary ? "^" : "-"
            text += paintMark(String(repeating: sign, count: mark.end - mark.start), mark, severity)
            column = mark.end
        }
        return text
    }

    private func paintMark(_ text: String, _ mark: Mark, _ severity: Diagnostic.Severity) -> String
    {
        mark.isPrimary ? paint(text, severity) : style.cyan(text)
    }
}
