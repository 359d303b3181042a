import Synchronization

/// A report's text as whole lines above the prompt.
final class LinesBeforePrompt: Sendable {
    private let editor: any LineEditor
    private let rest = Mutex("")

    init(editor: any LineEditor) {
        self.editor = editor
    }

    /// Shows the lines that are whole by now.
    func write(_ text: String) {
        let lines = rest.withLock { rest in
            var parts = (rest + text).split(separator: "\n", omittingEmptySubsequences: false)
            rest = String(parts.popLast() ?? "")
            return parts.map { String($0) }
        }
        if !lines.isEmpty { editor.show(lines) }
    }

    /// Shows what has no line end.
    func finish() {
        let line = rest.withLock { rest in
            defer { rest = "" }
            return rest
        }
        if !line.isEmpty { editor.show([line]) }
    }
}
