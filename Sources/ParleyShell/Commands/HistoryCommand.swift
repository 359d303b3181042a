import ParleyDiagnostics
import ParleyPatterns
import ParleyReports

/// `:history [/RE/|N]`
struct HistoryCommand: ShellCommand {
    let name = "history"
    let arguments = "[/RE/|N]"
    let help = "what was typed, secrets hidden: all that a pattern matches, or the last N"

    /// How many show by themselves.
    private static let few = 50

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        // The command itself is the last input.
        let inputs = shell.inputs.dropLast().enumerated().map { (number: $0 + 1, text: $1) }
        var shown = Array(inputs.suffix(Self.few))
        if argument.first == "/" {
            var source = argument.dropFirst()
            let ignoresCase = source.hasSuffix("/i")
            if ignoresCase { source = source.dropLast() }
            if source.last == "/" { source = source.dropLast() }
            do throws(PatternError) {
                let pattern = try Pattern(String(source), caseInsensitive: ignoresCase)
                shown = inputs.filter { (try? pattern.matches(Array($0.text.utf8))) == true }
            } catch {
                return shell.complain("the pattern makes no sense: \(error.message)")
            }
        } else if !argument.isEmpty {
            guard let count = Int(argument), count > 0 else {
                return shell.complain("‘\(argument)’ is no number", help: ":history 20, /rcpt/")
            }
            shown = inputs.suffix(count)
        }
        let width = "\(inputs.count)".count
        shell.output.show { text in
            shown.flatMap { number, input -> [String] in
                let lines = input.split(separator: "\n", omittingEmptySubsequences: false)
                return lines.enumerated().map { index, line in
                    let digits = index == 0 ? "\(number)" : ""
                    let gap = String(repeating: " ", count: max(0, width - digits.count))
                    // Indentation stays; the rest is safe.
                    return text.dim(gap + digits) + "  " + text.safe(String(line))
                }
            }
        }
        return .done
    }
}
