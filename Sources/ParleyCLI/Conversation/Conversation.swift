import ParleyShell

/// A shell and the editor in front of it, from the first prompt to the farewell.
struct Conversation {
    let shell: Shell
    let editor: any LineEditor
    /// What signals do meanwhile, if somebody watches for them.
    var signals: ConversationSignals?
    /// Whether the first failure ends it: where nobody can answer it.
    let stopsAtFailure: Bool
    /// What stands before the shell's own prompt.
    var promptPrefix = ""

    /// Reads and carries out inputs until the end, and takes leave of every session.
    ///
    /// - Parameters:
    ///   - first: inputs to begin with; where one fails and nobody can answer it, nothing follows.
    ///   - isAll: whether nothing else is read.
    /// - Returns: the exit code: that of a run of the input that failed where nobody was there to
    ///   answer it, 128 and the signal's number if a signal ended it.
    func run(first: [String] = [], isAll: Bool = false) async -> Int32 {
        var status: Int32?
        for text in first where status == nil {
            let response = await carryOut(text)
            if response.isFailure, stopsAtFailure || isAll { status = response.exitCode }
            if response.isEnd { status = ExitStatus.success }
        }
        if isAll { status = status ?? ExitStatus.success }
        if status == nil { status = await converse() }
        await shell.close()
        return signals?.status ?? status ?? ExitStatus.success
    }

    /// Gives the shell an input; ^C ends what it awaits.
    func carryOut(_ text: String) async -> ShellResponse {
        signals?.begin()
        defer { signals?.end() }
        return await shell.submit(text)
    }

    private func converse() async -> Int32 {
        var wasDropped = false
        var offered: String?
        while true {
            await shell.refresh()
            let input = await input(offering: offered)
            offered = nil
            switch input {
            case .end: return ExitStatus.success
            case .ended(let signal): return 128 + signal
            case .noticed: continue
            case .dropped(let wasEmpty):
                // ^C twice at an empty prompt is how people leave what does not end at once.
                if wasEmpty, wasDropped { return ExitStatus.success }
                if wasEmpty { editor.show(["^C again, or ^D, takes leave and ends"]) }
                wasDropped = wasEmpty
                continue
            case .line(let text):
                wasDropped = false
                let response = await carryOut(text)
                if response.isFailure, stopsAtFailure { return response.exitCode }
                if response.isEnd { return ExitStatus.success }
                offered = response.edit
            }
        }
    }

    /// An input: a line, and those that it needs to be whole.
    func input(offering offered: String? = nil) async -> EditedLine {
        var text: String?
        var offered = offered
        let indent = String(repeating: " ", count: promptPrefix.count)
        while true {
            var request = LineRequest(
                prompt: promptPrefix + shell.prompt,
                assistant: shell.assistant
            )
            if let text {
                request.prompt = indent + shell.continuationPrompt
                request.earlier = text + "\n"
            }
            request.offered = offered
            offered = nil
            switch await editor.line(request) {
            case .line(let line):
                let whole = text.map { $0 + "\n" + line } ?? line
                text = whole
                guard !shell.needsMore(whole) else { continue }
                if whole.contains(where: { $0 != " " && $0 != "\t" }), shell.mayRemember(whole) {
                    editor.remember(whole)
                }
                return .line(whole)
            case .noticed: await shell.refresh()
            case .dropped(let wasEmpty): return .dropped(wasEmpty: wasEmpty && text == nil)
            // The end of the file: what is there is told to be incomplete.
            case .end: return text.map { .line($0) } ?? .end
            case .ended(let signal): return .ended(by: signal)
            }
        }
    }
}
