import ParleyDiagnostics

/// Explanations as a terminal shows them.
struct ExplanationPage {
    let settings: TerminalSettings

    private var width: Int { min(settings.columns, 92) }
    private var style: TerminalStyle { settings.style }

    /// The page of a reason or a code; `nil` if nothing goes by that name.
    func text(for name: String) -> String? {
        if let explanation = Explanations.reason(name) { return text(explanation) }
        guard let paragraph = Explanations.code(name) else { return nil }
        return fit("\(style.bold(name))\n\n" + wrap(paragraph, indent: "  "))
    }

    private func text(_ explanation: Explanation) -> String {
        var text = "\(style.bold(explanation.name)): \(explanation.title)\n\n"
        text += wrap(explanation.meaning, indent: "  ") + "\n"
        text += section("Usual causes", explanation.causes)
        text += section("What to do", explanation.remedies)
        text += "  \(style.cyan("Looks like"))\n"
        text += wrap(explanation.example, indent: "    ")
        if let reference = explanation.reference {
            text += "\n  \(style.cyan("See")) \(reference)\n"
        }
        return fit(text)
    }

    /// Everything there is, a line each.
    func index() -> String {
        var text = ""
        for family in Explanations.families {
            text += (text.isEmpty ? "" : "\n") + style.bold(family.title) + "\n"
            text += lines(family.entries)
        }
        return fit(text + "\nparley explain NAME tells the whole story.\n")
    }

    /// The named ones, a line each.
    func index(of names: [String]) -> String {
        let all = Explanations.reasons.map { (name: $0.name, line: $0.title) } + Explanations.codes
        return fit(lines(all.filter { names.contains($0.name) }))
    }

    private func lines(_ entries: [(name: String, line: String)]) -> String {
        let column = min(36, entries.map { $0.name.utf8.count }.max() ?? 0) + 2
        return entries.map { name, line in
            let gap = String(repeating: " ", count: max(2, column - name.utf8.count))
            let room = max(20, width - 2 - max(column, name.utf8.count + 2))
            return "  \(style.cyan(name))\(gap)\(cut(line, to: room))\n"
        }.joined()
    }

    private func section(_ title: String, _ items: [String]) -> String {
        var text = "  \(style.cyan(title))\n"
        for item in items {
            text += "  - " + wrap(item, indent: "    ").dropFirst(4)
        }
        return text + "\n"
    }

    private func cut(_ line: String, to room: Int) -> String {
        line.count <= room ? line : line.prefix(room - 1) + "…"
    }

    private func wrap(_ text: String, indent: String) -> String {
        var lines: [String] = []
        var line = indent
        for word in text.split(separator: " ") {
            if line.count + word.count + 1 > width, line != indent {
                lines.append(line)
                line = indent
            }
            line += line == indent ? String(word) : " \(word)"
        }
        lines.append(line)
        return lines.joined(separator: "\n") + "\n"
    }

    private func fit(_ text: String) -> String {
        guard !settings.isUnicode else { return text }
        var plain = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "‘", "’": plain += "'"
            case "…": plain += "~"
            case _ where scalar.isASCII: plain.unicodeScalars.append(scalar)
            default: plain += "?"
            }
        }
        return plain
    }
}
