import ArgumentParser
import Glibc
import Parley
import ParleyDiagnostics
import ParleyEngine
import ParleyNetwork
import ParleyReports
import ParleySemantics

/// `parley record`: runs a script and keeps what the servers said.
struct RecordCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Run a script and keep what the servers said, so that it runs without them.",
        discussion: """
            The result is one file: scripted servers that answer as the real ones did, and the \
            script that speaks to them. It needs no network and comes to the same verdicts:

              parley record submission.parley
              parley run submission.recorded.parley

            No secret is in it: passwords, what is made of them, and their echoes are replaced \
            before anything is written, and the servers of the recording let anybody in whom the \
            real ones let in.

            The exit code is that of the run; 3 if the recording could not be written.
            """
    )

    @Argument(help: .init("The script; all of its tests are run.", valueName: "file"))
    var file: String

    @Option(
        name: .customShort("o"),
        help: .init(
            "Where the recording goes: a file, or a folder. NAME.recorded.parley beside the "
                + "script by default.",
            valueName: "path"
        )
    )
    var output: String?

    @Option(name: .customLong("set"), help: .init("Set a parameter.", valueName: "name=value"))
    var settings: [String] = []

    @Option(help: .init("The profile that sets parameters.", valueName: "name"))
    var profile: String?

    @Option(help: .init("Trust the certificates of this file (PEM) only.", valueName: "file"))
    var ca: String?

    @Option(help: .init("The limit of the whole run: 90s, 10m, 1h.", valueName: "duration"))
    var timeout: String?

    @Flag(help: "Show every line sent and received as it happens.")
    var trace = false

    @OptionGroup var display: ColorOption

    @Option(help: .init("What EHLO says where the script does not.", valueName: "domain"))
    var probeName: String?

    mutating func execute() throws -> Int32 {
        let colors = try TerminalSettings.colorMode(display.color)
        guard var run = RunCommand(plain: [file]), file != "-" else {
            throw ToolFailure("record needs the script in a file")
        }
        (run.settings, run.profile, run.ca, run.timeout) = (settings, profile, ca, timeout)
        run.probeName = probeName
        var options = try run.options()
        let recorder = Recorder()
        options.recorder = recorder

        guard let script = LoadedScripts([file], colors: colors).all?.first else {
            return ExitStatus.usage
        }
        guard !script.checked.isReplay else {
            throw ToolFailure("\(DisplayText.safe(file)) is a recording already; run it")
        }
        try TestSelection(lines: [:], tags: []).check([script])

        var style = TerminalSettings(of: .output, color: colors).reportStyle
        style.showsTrace = trace
        if trace { style.isLive = false }
        style.repeatedOptions = run.repeatedOptions
        guard let format = ReportFormat.named("text") else { return ExitStatus.usage }
        let path = Self.path(output, of: file)
        SignalWatch.run { [options, style] watch in
            let summary = await RunCommand.run([script], options, format, style, watch)
            let tests = summary.counts.values.reduce(0, +)
            // Nothing ran: there is nothing to be kept, and the report says why.
            guard tests > 0 else { return summary.exitCode }
            do throws(RecordingProblem) {
                try Recording(
                    of: script,
                    path: path,
                    recorder: recorder,
                    options: options,
                    tests: tests
                )
                .write(to: path)
            } catch {
                let help = error.help.map { "\n  = help: \($0)" } ?? ""
                StandardStream.error.write("parley: not recorded: \(error.message)\(help)\n")
                return ExitStatus.unavailable
            }
            let count = recorder.connections
            StandardStream.error.write(
                "recorded \(count) connection\(count == 1 ? "" : "s"): "
                    + "parley run \(DisplayText.safe(path))\n"
            )
            return summary.exitCode
        }
    }

    /// Where the recording of a script goes.
    static func path(_ output: String?, of script: String) -> String {
        let stem = script.hasSuffix(".parley") ? String(script.dropLast(7)) : script
        guard let output else { return stem + ".recorded.parley" }
        var status = stat()
        let isFolder = stat(output, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        guard isFolder || output.hasSuffix("/") else { return output }
        let name = FilePath.last(of: stem)
        return FilePath.join(output, name + ".recorded.parley")
    }
}
