import ParleyDiagnostics

/// What every part of the text report writes with: safe text, widths, colours, ASCII where the
/// terminal knows no more.
struct TextCanvas: Sendable {
    let style: ReportStyle

    var ink: Ink { Ink(style: TerminalStyle(isColored: style.isColored)) }

    /// Text of peers, scripts or files, fit for the terminal: one line, controls written out.
    func safe(_ text: String, limit: Int = 2000) -> String {
        fold(DisplayText.safe(text, limit: limit))
    }

    /// Octets of a peer, fit for the terminal.
    func safe(_ octets: [UInt8], limit: Int = 2000) -> String {
        fold(DisplayText.safe(octets, limit: limit))
    }

    /// How many cells of the terminal it takes.
    func width(_ text: String) -> Int { DisplayText.width(of: text) }

    /// The text, cut to so many cells.
    func cut(_ text: String, to cells: Int) -> String {
        guard width(text) > cells else { return text }
        guard cells > 1 else { return cells == 1 ? "…" : "" }
        var kept = ""
        var used = 0
        for character in text {
            used += width(String(character))
            guard used < cells else { break }
            kept.append(character)
        }
        return kept + "…"
    }

    /// The text on lines of at most so many cells, broken at spaces where it can be; what does not
    /// fit into `lines` is cut.
    func wrap(_ text: String, to cells: Int, lines limit: Int = 4) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: true) {
            let joined = line.isEmpty ? String(word) : "\(line) \(word)"
            if width(joined) <= cells {
                line = joined
                continue
            }
            if !line.isEmpty { lines.append(line) }
            guard lines.count < limit else {
                lines[limit - 1] = cut(lines[limit - 1] + " \(word)", to: cells)
                return lines
            }
            line = cut(String(word), to: cells)
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }

    /// `left`, and `right` at the edge; two spaces apart where there is no room.
    func spread(_ left: String, _ right: String, leftWidth: Int, rightWidth: Int) -> String {
        guard rightWidth > 0 else { return left }
        let room = style.textColumns - leftWidth - rightWidth
        return left + String(repeating: " ", count: max(2, room)) + right
    }

    /// A finished line: ASCII if it must be, and nothing in it that a build server takes for a
    /// command.
    func finished(_ line: String) -> String {
        var line = fold(line)
        if line.contains("##") {
            line = line.replacing("##[", with: "#\\x23[").replacing("##vso[", with: "#\\x23vso[")
        }
        let start = line.prefix { $0 == " " }.endIndex
        if line[start...].hasPrefix("::") { line.replaceSubrange(start...start, with: "\\x3A") }
        return line
    }

    private func fold(_ text: String) -> String {
        guard !style.isUnicode, !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        var folded = ""
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                folded.unicodeScalars.append(scalar)
            } else if let plain = Self.plain[scalar] {
                folded += plain
            } else {
                folded += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            }
        }
        return folded
    }

    /// One cell each, so that what stands below each other still does.
    private static let plain: [Unicode.Scalar: String] = [
        "┌": "+", "├": "+", "│": "|", "◄": "<", "›": ">", "‹": "<", "…": "~", "·": ".", "–": "-",
        "‘": "'", "’": "'", "“": "\"", "”": "\"", "─": "-", "µ": "u",
    ]
}
