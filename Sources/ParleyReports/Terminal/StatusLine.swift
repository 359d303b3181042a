/// The one line that is redrawn in place while a run goes on.
struct StatusLine: Sendable {
    private static let erase = "\r\u{1B}[2K"
    /// A terminal that has become narrower must not wrap the line: wrapped lines cannot be erased.
    private static let noWrap = ("\u{1B}[?7l", "\u{1B}[?7h")

    private var shown = ""

    /// What draws the line instead of the one before.
    mutating func redraw(_ line: String) -> String {
        guard line != shown else { return "" }
        let before = shown.isEmpty ? "" : Self.erase
        shown = line
        return before + Self.noWrap.0 + line + Self.noWrap.1
    }

    /// What takes it away.
    mutating func clear() -> String {
        guard !shown.isEmpty else { return "" }
        shown = ""
        return Self.erase
    }
}
