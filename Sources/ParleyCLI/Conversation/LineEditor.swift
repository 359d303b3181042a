import ParleyShell

/// Where a conversation's lines come from, and what shows above them.
///
/// One thread reads; ``show(_:)`` may be called from any.
protocol LineEditor: Sendable {
    /// The next line without its line end, with `assistant` to help.
    func line(prompt: String, assistant: any LineAssistant) -> EditedLine

    /// Shows lines above the one that is being typed, which stays as it is.
    func show(_ lines: [String])

    /// Keeps an input for later: several lines are one entry.
    func remember(_ input: String)
}

/// What a person did at the prompt.
enum EditedLine: Equatable {
    /// A line was typed.
    case line(String)
    /// ^C: what was typed is dropped.
    case dropped
    /// ^D, or the end of the input.
    case end
}
