public import ParleyDiagnostics

extension Diagnostic {
    /// What would mend the script, if a program can do it: the fix-it, or the word that is meant
    /// where the diagnostic is about a misspelt one.
    public var mending: FixIt? {
        if let fixIt { return fixIt }
        guard let help, let meant = Self.meant(in: help) else { return nil }
        let place = primary.place
        // The range may be wider than the word; then the replacement is not known.
        let written = place.source.text(place.range)
        guard Suggestion.nearest(to: written, among: [meant]) == meant else { return nil }
        return FixIt(place, meant)
    }

    /// The word of `did you mean ‘word’?`, in either kind of quotes.
    private static func meant(in help: String) -> String? {
        for (open, close) in [("did you mean ‘", "’?"), ("did you mean `", "`?")] {
            guard help.hasPrefix(open), help.hasSuffix(close) else { continue }
            let word = help.dropFirst(open.count).dropLast(close.count)
            let isWord = !word.isEmpty && !word.contains { $0 == " " || $0 == "‘" || $0 == "`" }
            if isWord { return String(word) }
        }
        return nil
    }
}
