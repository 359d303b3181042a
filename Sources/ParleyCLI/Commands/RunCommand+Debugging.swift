import Glibc
import ParleyDiagnostics
import ParleyEngine
import ParleyNetwork
import ParleyReports
import ParleyShell

extension RunCommand {
    /// Whether the run stops for somebody to look.
    var isDebugged: Bool { step || !breakpoints.isEmpty || replOnFail }

    /// Prepares the run's stops.
    ///
    /// - Throws: ``ToolFailure`` for a breakpoint where no statement is, and for what makes no
    ///   sense together.
    func debug(_ scripts: [Script], _ options: inout RunOptions) throws {
        guard isDebugged else { return }
        guard format == "text" else {
            throw ToolFailure("--format \(format): the prompt needs the report as text")
        }
        guard timeout == nil else {
            throw ToolFailure("--timeout: whoever looks around has no limit")
        }
        guard !files.contains("-") else {
            throw ToolFailure(
                "-: commands are read from standard input; put the script into a file"
            )
        }
        let debugger = Debugger(step ? .step : .go, stopsAtFailures: replOnFail)
        for case let script in scripts {
            if let stops = script.stops { debugger.add(stops, of: script.path) }
        }
        for text in breakpoints {
            guard let wanted = BreakpointArgument(text) else {
                throw ToolFailure("--break \(DisplayText.safe(text)): write FILE:LINE")
            }
            let (message, isSet) = wanted.set(in: debugger)
            guard isSet else { throw ToolFailure("--break \(message)") }
            if !message.hasPrefix("stops at") {
                StandardStream.error.write("parley: \(message)\n")
            }
        }
        options.debugger = debugger
        // One test at a time: two could not be looked at.
        options.jobs = 1
    }

    /// Runs the scripts with a prompt at each stop.
    static func debugged(
        _ scripts: [Script],
        _ options: RunOptions,
        _ debugger: Debugger,
        _ format: ReportFormat,
        _ style: ReportStyle,
        _ watch: SignalWatch
    ) async -> RunSummary {
        let editor = ConversationCommand.editor(style, watch, isUsed: true)
        var options = options
        options.prompt = { editor.secret($0) }
        let lines = LinesBeforePrompt(editor: editor)
        let report = ReportSink(format.make(style) { lines.write($0) })
        let sink = DebugSink(report: report)
        let network = SystemNetwork(loopCount: 1)
        let runner = Runner(network: network, sink: sink, options: options)

        var configuration = ShellConfiguration()
        configuration.style = style
        configuration.options = options
        // What `:run` runs at a stop is a run of its own.
        configuration.options.debugger = nil
        (configuration.options.lines, configuration.options.tags) = ([:], [])
        configuration.path = scripts.first?.path ?? configuration.path
        configuration.hostCommands = DebugCommand.all
        configuration.explain(on: TerminalSettings(of: .output, color: .never))

        let signals = ConversationSignals(editor: editor)
        let conversation = DebugConversation(
            debugger: debugger,
            editor: editor,
            signals: signals,
            configuration: configuration,
            sink: sink,
            interrupt: { runner.interrupt() }
        )
        conversation.begin()
        watch.receive { signals.receive($0) }
        async let talk: Void = conversation.run()
        let summary = await runner.run(scripts)
        await talk
        // The network's threads end with the process; only the report has to be whole.
        report.finish()
        lines.finish()
        editor.close()
        return summary
    }
}
