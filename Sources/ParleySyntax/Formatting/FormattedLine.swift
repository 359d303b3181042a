import ParleyDiagnostics

/// A line of a formatted script, before `=>` is aligned.
struct FormattedLine {
    /// The white space before it.
    var indentation: String
    /// What stands on it.
    var text: String
    /// Where `=>` begins in the text, in octets.
    var arrow: Int?
    /// Whether a block begins or ends on it.
    var hasBrace = false
    /// Whether it goes over several lines: a text.
    var isMultiline = false
    /// Whether it stays as it is.
    var isFixed = false

    init(indentation: String, text: String, isFixed: Bool = false) {
        self.indentation = indentation
        self.text = text
        self.isFixed = isFixed
    }

    /// Columns beyond which `=>` is not pushed for the sake of a longer neighbour.
    private static let limit = 72

    private var isBlank: Bool { text.isEmpty }

    /// The lines as a script: `=>` aligned, blank lines reduced.
    static func join(_ lines: [FormattedLine]) -> String {
        var result = ""
        var start = 0
        while start < lines.count {
            var end = start + 1
            if !lines[start].breaksRun {
                while end < lines.count, !lines[end].breaksRun,
                    lines[end].indentation == lines[start].indentation
                { end += 1 }
            }
            let run = lines[start..<end]
            let column = run.compactMap(\.arrowColumn).filter { $0 <= limit }.max() ?? 0
            for (index, line) in zip(run.indices, run) {
                if line.isBlank, !keepsBlank(lines, index) { continue }
                result += line.isBlank ? "" : line.indentation + line.aligned(to: column)
                result += "\n"
            }
            start = end
        }
        return result
    }

    private var breaksRun: Bool { isBlank || isFixed || hasBrace || isMultiline }

    /// The column of `=>`; `nil` if there is none.
    private var arrowColumn: Int? {
        arrow.map { DisplayText.width(of: indentation + prefix($0)) }
    }

    private func prefix(_ count: Int) -> String {
        String(decoding: text.utf8.prefix(count), as: UTF8.self)
    }

    private func aligned(to column: Int) -> String {
        guard let arrow, let own = arrowColumn, own < column else { return text }
        return prefix(arrow) + String(repeating: " ", count: column - own)
            + String(decoding: text.utf8.dropFirst(arrow), as: UTF8.self)
    }

    /// Whether a blank line stays: not beside another one, at the ends of the script or of a block.
    private static func keepsBlank(_ lines: [FormattedLine], _ index: Int) -> Bool {
        guard index > 0, let after = lines[(index + 1)...].first(where: { !$0.isBlank }) else {
            return false
        }
        let before = lines[index - 1]
        if before.isBlank { return false }
        let opens = before.hasBrace && !before.isFixed && before.text.utf8.last == UInt8(ascii: "{")
        let closes = after.hasBrace && after.text.utf8.first == UInt8(ascii: "}")
        return !opens && !closes
    }
}
