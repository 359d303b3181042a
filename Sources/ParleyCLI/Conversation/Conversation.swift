import ParleyNetwork
import ParleyShell

/// A shell and the editor in front of it, from the first prompt to the farewell.
struct Conversation {
    let shell: Shell
    let editor: any LineEditor
    /// Whether the first failure ends it: where nobody can answer it.
    let stopsAtFailure: Bool

    /// Reads and carries out inputs until the end.
    ///
    /// - Returns: the exit code: 1 if an input failed and nobody was there to answer it.
    func run() async -> Int32 {
        var status = ExitStatus.success
        reading: while true {
            await shell.refresh()
            switch input() {
            case .end: break reading
            case .dropped: continue
            case .line(let text):
                let response = await shell.submit(text)
                if response.isFailure, stopsAtFailure {
                    status = ExitStatus.failure
                    break reading
                }
                if response.isEnd { break reading }
            }
        }
        await shell.close()
        return status
    }

    /// An input: a line, and those that it needs to be whole.
    private func input() -> EditedLine {
        guard case .line(var text) = editor.line(prompt: shell.prompt, assistant: shell.assistant)
        else { return .end }
        while shell.needsMore(text) {
            switch editor.line(prompt: shell.continuationPrompt, assistant: shell.assistant) {
            case .line(let line): text += "\n" + line
            case .dropped: return .dropped
            // The end of the file: what is there is told to be incomplete.
            case .end: return .line(text)
            }
        }
        if !text.allSatisfy({ $0 == " " }) { editor.remember(text) }
        return .line(text)
    }
}
