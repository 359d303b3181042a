import ArgumentParser
import Parley
import ParleyDiagnostics

/// `parley lint`: everything that can be said of scripts without sending anything.
struct LintCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Check scripts without sending anything.",
        discussion: """
            Reads, resolves and type-checks the files, and questions what is suspicious although \
            it would run; of folders, every .parley file below. Every error of every file is told \
            at once; parley explain CODE tells more.

            Exit codes: 0 nothing to complain about, 1 warnings only, 2 errors.
            """
    )

    @Argument(help: "Scripts and folders; - is standard input.")
    var files: [String]

    @Option(help: .init("How findings are written: text or json (an array).", valueName: "format"))
    var format = "text"

    @Option(help: .init("When to colour: auto, always or never.", valueName: "when"))
    var color = "auto"

    mutating func execute() throws -> Int32 {
        guard ["text", "json"].contains(format) else {
            throw ToolFailure.unknown(format, "format", among: ["text", "json"])
        }
        let settings = TerminalSettings(of: .output, color: try TerminalSettings.colorMode(color))
        let loader = ScriptLoader(lints: true)
        let (paths, problems) = FileTree.scripts(in: files)
        let loaded = paths.map { loader.load($0) }
        let diagnostics = loaded.flatMap(\.diagnostics)
        let failures = problems + loaded.compactMap(\.failure)

        if format == "json" {
            let lines = diagnostics.map(\.json).joined(separator: ",\n")
            StandardStream.output.write(lines.isEmpty ? "[]\n" : "[\n\(lines)\n]\n")
        } else if !diagnostics.isEmpty {
            StandardStream.output.write(settings.diagnosticRenderer.render(diagnostics))
        }
        for failure in failures { StandardStream.error.write("parley: \(failure)\n") }

        let worst = diagnostics.map(\.severity).max()
        if !failures.isEmpty || worst == .error { return ExitStatus.usage }
        return worst == .warning ? ExitStatus.failure : ExitStatus.success
    }
}
