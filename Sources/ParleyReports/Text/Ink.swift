import ParleyDiagnostics

/// Colours a text by what it means, or leaves it alone.
struct Ink {
    /// What a colour means here.
    enum Tint {
        case good, bad, warning, note, dim, bold
    }

    let style: TerminalStyle

    func callAsFunction(_ text: String, _ tint: Tint) -> String {
        switch tint {
        case .good: style.green(text)
        case .bad: style.boldRed(text)
        case .warning: style.yellow(text)
        case .note: style.cyan(text)
        case .dim: style.dim(text)
        case .bold: style.bold(text)
        }
    }
}
