import Parley
import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import ParleyReports
import ParleySemantics

/// `:run FILE[:LINE]`, `:run "TITLE"`
struct RunCommand: ShellCommand {
    let name = "run"
    let arguments = "[FILE[:LINE]|\"TITLE\"]"
    let help = "runs a script's tests, the one at a line, or a loaded one by its title; again"
    let completes = CommandArgument.file

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        if argument.isEmpty {
            guard let last = shell.lastRun else {
                return shell.complain("nothing was run yet", help: ":run FILE")
            }
            return await run(load(last.path), last.path, line: last.line, in: shell)
        }
        if argument.first == "\"" {
            return await run(title: shell.path(argument), in: shell)
        }
        let (path, line) = Self.place(shell.path(argument))
        return await run(load(path), path, line: line, in: shell)
    }

    /// `FILE:LINE`; `FILE` where nothing behind a colon is a number.
    private static func place(_ word: String) -> (path: String, line: Int?) {
        guard let colon = word.lastIndex(of: ":"),
            let line = Int(word[word.index(after: colon)...]),
            line > 0
        else { return (word, nil) }
        return (String(word[..<colon]), line)
    }

    private func run(title: String, in shell: Shell) async -> ShellResponse {
        for script in shell.scripts.reversed() {
            // As it stands in the file now.
            let loaded = load(script.path)
            guard let now = loaded.script else { continue }
            guard let test = now.checked.tests.first(where: { $0.titleTemplate == title }) else {
                continue
            }
            let line = test.place.source.line(at: test.place.range.start)
            return await run(loaded, script.path, line: line, in: shell)
        }
        let titles = shell.scripts.flatMap { $0.checked.tests.map(\.titleTemplate) }
        let near = Suggestion.nearest(to: title, among: titles)
        return shell.complain(
            "no loaded test is called ‘\(title)’",
            help: near.map { "did you mean \"\($0)\"?" }
                ?? (titles.isEmpty
                    ? "`:load FILE` first"
                    : "there are: " + titles.map { "\"\($0)\"" }.joined(separator: ", "))
        )
    }

    private func load(_ path: String) -> ScriptLoader.Loaded { ScriptLoader().load(path) }

    private func run(
        _ loaded: ScriptLoader.Loaded,
        _ path: String,
        line: Int?,
        in shell: Shell
    ) async -> ShellResponse {
        if let failure = loaded.failure { return shell.complain(failure) }
        if !loaded.diagnostics.isEmpty { _ = shell.refuse(loaded.diagnostics) }
        guard let script = loaded.script else { return .mistaken }
        shell.keep(script)
        var options = shell.configuration.options
        if let line {
            let ranges = script.checked.tests.map(\.place.lines)
            guard ranges.contains(where: { $0.contains(line) }) else {
                let starts = ranges.map { "\($0.lowerBound)" }.joined(separator: ", ")
                return shell.complain(
                    "no test stands at line \(line)",
                    help: starts.isEmpty ? "the script has none" : "tests begin at \(starts)"
                )
            }
            options.lines[path] = line
        }
        guard !script.checked.tests.isEmpty else {
            return shell.complain("it holds no test", help: "`:load` declares what it declares")
        }
        let profiles = Set(script.checked.parameters.flatMap(\.profiles.keys))
        options.profile = shell.settings.profile.flatMap { profiles.contains($0) ? $0 : nil }
        shell.lastRun = (path, line)
        return await report(script, options, in: shell)
    }

    private func report(
        _ script: Script,
        _ options: RunOptions,
        in shell: Shell
    ) async -> ShellResponse {
        var style = shell.configuration.style
        style.isLive = false
        let output = shell.output
        let sink = ReportSink(
            ReportFormat.text.make(style) { chunk in
                var lines = chunk.split(separator: "\n", omittingEmptySubsequences: false)
                if lines.last?.isEmpty == true { lines.removeLast() }
                output.show(lines.map { String($0) })
            }
        )
        let runner = Runner(network: shell.network, sink: sink, options: options)
        let summary = await shell.work.whileRunning(interrupt: { runner.interrupt() }) {
            await runner.run([script])
        }
        sink.finish()
        return ShellResponse(exitCode: summary.exitCode)
    }
}
