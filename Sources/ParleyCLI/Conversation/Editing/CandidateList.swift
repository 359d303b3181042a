import ParleyDiagnostics
import ParleyReports
import ParleyShell

/// The ways to go on, drawn below the line.
struct CandidateList {
    let candidates: [Completion.Candidate]
    let columns: Int
    let rows: Int

    /// Few are shown with their help, one a row; many in columns. Never more than the screen takes.
    func lines(_ text: LiveText) -> [String] {
        let shown = candidates.map { (text: DisplayText.safe($0.text), help: $0.help) }
        // The line itself, its prompt and what tells of the rest stay on the screen.
        let room = max(3, rows - 4)
        let width = shown.map { DisplayText.width(of: $0.text) }.max() ?? 0
        if shown.count <= room, shown.contains(where: { !$0.help.isEmpty }) {
            return shown.map { row($0.text, $0.help, width, text) }
        }
        let cell = min(width, columns - 2) + 2
        let perRow = max(1, columns / cell)
        var taken = shown.prefix(room * perRow)
        if taken.count < shown.count { taken = taken.dropLast(min(perRow, taken.count - 1)) }
        let height = (taken.count + perRow - 1) / perRow
        var lines = (0..<height).map { row in
            var line = ""
            for index in stride(from: row, to: taken.count, by: height) {
                let word = Self.cut(taken[index].text, to: columns - 2)
                let isLast = index + height >= taken.count
                let gap = isLast ? 0 : cell - DisplayText.width(of: word)
                line += word + String(repeating: " ", count: max(0, gap))
            }
            return line
        }
        if taken.count < shown.count {
            lines.append(text.dim("… \(shown.count - taken.count) more"))
        }
        return lines
    }

    private func row(_ word: String, _ help: String, _ width: Int, _ text: LiveText) -> String {
        let word = Self.cut(word, to: columns - 2)
        let gap = max(0, min(width, columns - 2) - DisplayText.width(of: word)) + 2
        let room = columns - 1 - DisplayText.width(of: word) - gap
        guard !help.isEmpty, room > 8 else { return word }
        let safe = Self.cut(DisplayText.safe(help), to: room)
        return word + String(repeating: " ", count: gap) + text.dim(safe)
    }

    /// As much of the text as so many columns hold.
    static func cut(_ text: String, to columns: Int) -> String {
        guard DisplayText.width(of: text) > columns else { return text }
        var kept = ""
        var width = 0
        for scalar in text.unicodeScalars {
            width += DisplayText.width(of: scalar)
            guard width < columns else { break }
            kept.unicodeScalars.append(scalar)
        }
        return kept + "…"
    }

    /// What all of the candidates begin with.
    static func commonPrefix(of candidates: [Completion.Candidate]) -> String {
        guard var prefix = candidates.first.map({ Array($0.text) }) else { return "" }
        for candidate in candidates.dropFirst() {
            let same = zip(prefix, candidate.text).prefix { $0 == $1 }.count
            prefix.removeLast(prefix.count - same)
        }
        return String(prefix)
    }
}
