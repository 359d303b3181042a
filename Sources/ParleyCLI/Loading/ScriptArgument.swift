import Glibc
import ParleyDiagnostics

/// A word that names a script: `FILE`, `FILE:LINE`, `-`.
struct ScriptArgument {
    /// The path.
    var path: String
    /// The line of the test to run.
    var line: Int?

    /// The words as scripts, each file once.
    ///
    /// - Throws: ``ToolFailure`` if two lines of one file are named: a run selects one.
    static func parse(_ words: [String]) throws -> [ScriptArgument] {
        var arguments: [ScriptArgument] = []
        for word in words {
            let argument = ScriptArgument(word)
            guard let known = arguments.first(where: { $0.path == argument.path }) else {
                arguments.append(argument)
                continue
            }
            guard known.line == argument.line else {
                throw ToolFailure(
                    "\(DisplayText.safe(argument.path)) is named twice; a run takes one line of "
                        + "a file"
                )
            }
        }
        return arguments
    }

    private init(_ word: String) {
        path = word
        // A file may be named like that; then it is meant.
        guard word != "-", access(word, F_OK) != 0 else { return }
        var parts = word.split(separator: ":", omittingEmptySubsequences: false)
        var numbers: [Int] = []
        while parts.count > 1, numbers.count < 2, let last = parts.last, let number = Int(last),
            number > 0
        {
            numbers.append(number)
            parts.removeLast()
        }
        guard let line = numbers.last else { return }
        path = parts.joined(separator: ":")
        self.line = line
    }
}
