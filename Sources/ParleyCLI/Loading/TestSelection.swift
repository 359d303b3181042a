import ParleyDiagnostics
import ParleyEngine
import ParleySemantics

/// Whether what was asked for exists: a run of no test is a slip of the command line.
struct TestSelection {
    var lines: [String: Int]
    var tags: [String]

    func check(_ scripts: [Script]) throws {
        for script in scripts {
            guard let line = lines[script.path] else { continue }
            let tests = script.checked.tests.map { $0.place.lines }
            guard !tests.contains(where: { $0.contains(line) }) else { continue }
            let starts = tests.map { "\($0.lowerBound)" }.joined(separator: ", ")
            let known = starts.isEmpty ? "the script has none" : "tests begin at \(starts)"
            let path = DisplayText.safe(script.path)
            throw ToolFailure("\(path):\(line): no test stands at that line; \(known)")
        }
        let tests = scripts.flatMap { $0.checked.tests }
        guard !tests.isEmpty else {
            let names = scripts.map { DisplayText.safe($0.path) }.joined(separator: ", ")
            throw ToolFailure("\(names): there is no test; one begins with: test \"title\" {")
        }
        let wanted = tags.filter { !$0.hasPrefix("-") }
        let unwanted = tags.filter { $0.hasPrefix("-") }.map { String($0.dropFirst()) }
        let isAny = tests.contains { test in
            (wanted.isEmpty || test.tags.contains(where: wanted.contains))
                && !test.tags.contains(where: unwanted.contains)
        }
        guard !isAny else { return }
        let known = Set(tests.flatMap(\.tags)).sorted()
        let near = wanted.lazy.compactMap { Suggestion.nearest(to: $0, among: known) }.first
        let help =
            near.map { "did you mean ‘\($0)’?" }
            ?? (known.isEmpty
                ? "the tests have no tags" : "there are: \(known.joined(separator: ", "))")
        throw ToolFailure(
            "--tags \(DisplayText.safe(tags.joined(separator: ","))): no test; \(help)"
        )
    }
}
