import ParleyEngine
import ParleyShell

/// Where a conversation's lines come from, and what shows above them.
///
/// One task reads; ``show(_:)`` and what signals ask for may be called from any thread.
protocol LineEditor: Sendable {
    /// The next line.
    ///
    /// After ``EditedLine/noticed`` the line is still open: the next call goes on with it, under
    /// the prompt that it brings.
    func line(_ request: LineRequest) async -> EditedLine

    /// Shows lines above the one that is being typed, which stays as it is.
    func show(_ lines: [String])

    /// Keeps an input for later: several lines are one entry.
    func remember(_ input: String)

    /// Asks for a secret, which nothing shows. Blocks.
    func secret(_ prompt: String) -> SecretAnswer

    /// Lets another program have the terminal while `body` runs, if there is one to have.
    ///
    /// - Parameter body: is handed what stops this process as well, where that program was stopped.
    func lend(_ body: @escaping @Sendable (() -> Void) -> EditedText) async -> EditedText

    /// ^C, as a signal.
    ///
    /// - Parameter isBusy: whether a statement is carried out, which is interrupted already.
    func interrupt(isBusy: Bool)

    /// Ends the line that is typed, and all to come, because of a signal.
    func end(by signal: Int32)

    /// The terminal has another size, is to be given back, or came back.
    func notice(_ change: TerminalChange)

    /// Gives the terminal back for good, everything shown.
    func close()
}

/// A line that is wanted.
struct LineRequest: Sendable {
    /// What stands before it.
    var prompt: String
    /// The lines before it that belong to the same input, each with its line end.
    var earlier = ""
    /// Who helps with it.
    var assistant: any LineAssistant
    /// What stands there to be changed.
    var offered: String?
}

/// What a person did at the prompt.
enum EditedLine: Equatable, Sendable {
    /// A line was typed, without its line end; several, where a block was called back.
    case line(String)
    /// ^C: what was typed is dropped.
    case dropped(wasEmpty: Bool)
    /// ^D, or the end of the input.
    case end
    /// Something showed above the line, which is still open.
    case noticed
    /// A signal ends the conversation.
    case ended(by: Int32)
}

/// What happens to a terminal that is edited on.
enum TerminalChange: Sendable {
    case resized
    case suspended
    case continued
}
