import Parley
import ParleyDiagnostics
import ParleyEngine
import ParleyNetwork
import ParleyReports

/// Runs a one-liner: its script, with the conversation shown as it happens.
struct OneLinerRun {
    /// How diagnostics call the script: `<parley smtp>`.
    var name: String
    var script: OneLinerScript
    /// Where the script would lie; it reads files from there only.
    var folder = "."
    /// Whether the lines of the conversation show.
    var showsDialogue = true
    var options: RunOptions
    var format: String
    var color: String
    /// What is said in the end.
    var conclusion: @Sendable (TestResult, ConversationFacts) -> String

    /// Runs it and ends the process.
    ///
    /// - Throws: ``ToolFailure`` before anything is sent.
    func execute() throws -> Never {
        let report = try makeReport()
        let checked = try check()
        SignalWatch.run { [options] watch in
            var options = options
            options.prompt = { text in watch.whilePrompting { SecretPrompt.read(text) } }
            let output = ReportOutput { watch.interrupt() }
            let sink = ReportSink(report { output.write($0) })
            let runner = Runner(network: SystemNetwork(loopCount: 1), sink: sink, options: options)
            watch.handle { runner.interrupt() }
            let summary = await runner.run([checked])
            sink.finish()
            return summary.exitCode
        }
    }

    /// The script, checked as any other.
    private func check() throws -> Script {
        let source = SourceText(name: name, script.text)
        let loaded = ScriptLoader().load(source, path: "\(folder)/parley")
        guard let checked = loaded.script else {
            let settings = TerminalSettings(
                of: .error,
                color: try TerminalSettings.colorMode(color)
            )
            StandardStream.error.write(settings.diagnosticRenderer.render(loaded.diagnostics))
            throw ToolFailure("the script that these options stand for is not right; see above")
        }
        return checked
    }

    private typealias ReportMaker =
        @Sendable (@escaping @Sendable (String) -> Void) -> any Report

    private func makeReport() throws -> ReportMaker {
        guard let known = ReportFormat.named(format) else {
            throw ToolFailure.unknown(format, "format", among: ReportFormat.all.map(\.name))
        }
        let settings = TerminalSettings(of: .output, color: try TerminalSettings.colorMode(color))
        var style = settings.reportStyle
        style.showsTrace = showsDialogue
        style.isLive = false
        guard format == "text" else { return { [style] in known.make(style, $0) } }
        return { [style, conclusion] output in
            ConversationReport(style: style, conclusion: conclusion, output: output)
        }
    }
}
