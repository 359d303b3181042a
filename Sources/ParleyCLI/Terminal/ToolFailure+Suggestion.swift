import ParleyDiagnostics

extension ToolFailure {
    /// A word that nothing goes by, with the nearest one that something does.
    static func unknown(_ word: String, _ what: String, among known: [String]) -> ToolFailure {
        let shown = DisplayText.safe(word, limit: 100)
        let near = Suggestion.nearest(to: String(word.prefix(100)), among: known)
        let list = known.count <= 8 ? "; there are: \(known.joined(separator: ", "))" : ""
        let help = near.map { ": did you mean ‘\($0)’?" } ?? list
        return ToolFailure("unknown \(what) ‘\(shown)’\(help)")
    }
}
