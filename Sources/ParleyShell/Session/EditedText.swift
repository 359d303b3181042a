/// What came of a text that a person was to change in an editor.
public enum EditedText: Hashable, Sendable {
    /// The text as the editor left it.
    case changed(String)
    /// Nobody has said which editor, or there is no terminal to show it on.
    case noEditor
    /// The editor gave up, or left what is no text; why, in words.
    case failed(String)
}
