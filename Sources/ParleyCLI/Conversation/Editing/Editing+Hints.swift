import ParleyDiagnostics
import ParleyReports
import ParleyShell

/// What the verb that is being typed takes, dimmed behind the line.
///
/// It is on the screen only: libedit does not know of it, so it leaves before anything else is
/// written.
extension Editing {
    /// Who types on is not helped, and a paste is no typing.
    private static let idleMilliseconds: Int32 = 50
    /// Longer inputs are pasted or loaded, and reading them anew at each key would take its time.
    private static let longestInput = 4096
    /// What is narrower tells nothing.
    private static let leastColumns = 12
    /// A comment, so that what is copied from the screen is still the same statement.
    private static let sign = "  # "

    /// Waits for a key, or for mail; once nothing has come for a moment, a hint shows.
    func waitForKeys() {
        guard !isHintShown, isEditing, !input.isPasting else {
            wait(forKeys: true, milliseconds: -1)
            return
        }
        if !wait(forKeys: true, milliseconds: Self.idleMilliseconds) {
            showHint()
            wait(forKeys: true, milliseconds: -1)
        }
    }

    /// Shows what the assistant knows of the line, if the cursor stands at its end.
    private func showHint() {
        guard let request else { return }
        let line = editline.line
        guard line.after.isEmpty, line.before.contains(where: { $0 != " " }),
            line.before.count + request.earlier.utf8.count <= Self.longestInput
        else { return }
        let whole = request.earlier + String(scalars: line.before)
        guard
            let hint = request.assistant.hint(for: whole, at: whole.utf8.count)?
                .split(separator: "\n").first
        else { return }
        // The last column stays empty: a terminal may go to the next row behind it.
        let room = columns - place(columns: columns).end.column - 1 - Self.sign.utf8.count
        guard room >= Self.leastColumns else { return }
        let shown = Self.sign + CandidateList.cut(text.safe(String(hint)), to: room)
        // Faint is no colour, so it is not one of those that a person may not want.
        write("\u{1B}[2m\(shown)\u{1B}[22m\u{1B}[\(DisplayText.width(of: shown))D")
        isHintShown = true
    }

    /// Takes the hint away; the cursor stands before it.
    func clearHint() {
        guard isHintShown else { return }
        isHintShown = false
        write("\u{1B}[K")
    }
}
