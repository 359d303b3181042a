extension Sequence<Diagnostic> {
    /// Those that do not follow from an error of the syntax: on a line that cannot be read, what
    /// the checker makes of the rest is noise. The two sides of a `=>` are read apart.
    ///
    /// - Parameter syntax: what the parser reported.
    public func withoutConsequences(of syntax: [Diagnostic]) -> [Diagnostic] {
        let errors = syntax.filter { $0.severity == .error }.map(\.primary.place)
        guard !errors.isEmpty else { return Array(self) }
        var broken: [String: [Int: [Int]]] = [:]
        for place in errors {
            let line = place.source.line(at: place.range.start)
            broken[place.source.name, default: [:]][line, default: []].append(place.range.start)
        }
        return filter { diagnostic in
            let place = diagnostic.primary.place
            let line = place.source.line(at: place.range.start)
            return broken[place.source.name]?[line]?.allSatisfy { start in
                let (one, other) = (start, place.range.start)
                let between = one < other ? SourceRange(one, other) : SourceRange(other, one)
                return place.source.text(between).contains("=>")
            } ?? true
        }
    }
}
