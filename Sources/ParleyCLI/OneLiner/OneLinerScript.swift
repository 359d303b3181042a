import ParleyDiagnostics
import ParleySyntax

/// A script that a command line stands for, with what each of its lines achieves.
struct OneLinerScript {
    /// One thing that the script does.
    struct Step {
        /// Its line in the script, from 1.
        var line: Int
        /// What is achieved when it went well: `it greeted`.
        var achievement: String
    }

    /// The script, in Parley's style.
    private(set) var text: String
    /// What it does, in order.
    private(set) var steps: [Step]

    /// Brings lines into Parley's style. An achievement belongs to the line that it stands with.
    init(_ lines: [(text: String, achievement: String?)]) {
        let plain = lines.map(\.text).joined(separator: "\n") + "\n"
        let (tree, _) = Parser.parse(SourceText(name: "", plain))
        text = Formatter.format(tree)
        steps = lines.enumerated().compactMap { number, line in
            line.achievement.map { Step(line: number + 1, achievement: $0) }
        }
    }

    /// What was achieved before the line; everything, if there is none.
    func achievements(before line: Int?) -> [String] {
        steps.filter { $0.line < line ?? .max }.map(\.achievement)
    }
}
