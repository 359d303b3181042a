/// The palette of everything that is shown at a terminal; without colour, text stays as it is.
public struct TerminalStyle: Sendable {
    /// Whether escape sequences are written.
    public var isColored: Bool

    /// A palette that colours, or one that does not.
    public init(isColored: Bool) {
        self.isColored = isColored
    }

    /// Text that stands out.
    public func bold(_ text: String) -> String { wrap(text, "1") }
    /// Text of little weight.
    public func dim(_ text: String) -> String { wrap(text, "2") }
    /// Failures and errors.
    public func red(_ text: String) -> String { wrap(text, "31") }
    /// Passes.
    public func green(_ text: String) -> String { wrap(text, "32") }
    /// Warnings.
    public func yellow(_ text: String) -> String { wrap(text, "33") }
    /// Places and advice.
    public func cyan(_ text: String) -> String { wrap(text, "36") }
    /// The head of a failure.
    public func boldRed(_ text: String) -> String { wrap(text, "1;31") }
    /// The head of a warning.
    public func boldYellow(_ text: String) -> String { wrap(text, "1;33") }
    /// The head of a note.
    public func boldCyan(_ text: String) -> String { wrap(text, "1;36") }

    private func wrap(_ text: String, _ code: String) -> String {
        isColored && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
