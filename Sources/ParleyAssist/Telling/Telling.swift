public import ParleyDiagnostics

/// What can be told of a word of a script.
public struct Telling: Hashable, Sendable {
    /// The word that is told of.
    public var range: SourceRange
    /// What it is, as a script could say it: `pass: secret string`.
    public var title: String
    /// Lines for people, most important first.
    public var lines: [String]

    init(_ range: SourceRange, _ title: String, _ lines: [String] = []) {
        self.range = range
        self.title = title
        self.lines = lines.filter { !$0.isEmpty }
    }
}
