import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import ParleySemantics
import ParleyShell

/// The prompt of `parley run --step`, `--break` and `--repl-on-fail`: a shell at each stop.
struct DebugConversation {
    let debugger: Debugger
    let editor: any LineEditor
    let signals: ConversationSignals
    let configuration: ShellConfiguration
    let sink: DebugSink
    /// Ends the run politely.
    let interrupt: @Sendable () -> Void

    /// How a stop is left.
    private enum Way {
        case goOn(Debugger.Mode)
        case quit
        /// Nobody is there any more.
        case end
    }

    /// Until the first stop, and between stops, ^C ends the run.
    func begin() {
        signals.handle(interrupt)
        signals.begin()
    }

    /// Serves every stop until the run is over.
    func run() async {
        for await stop in debugger.stops {
            signals.end()
            let way = await talk(at: stop)
            begin()
            switch way {
            case .goOn(let mode): debugger.go(mode)
            case .quit:
                debugger.detach()
                interrupt()
            case .end: debugger.detach()
            }
            stop.leave()
        }
    }

    private func talk(at stop: DebugStop) async -> Way {
        let shell = await Shell(at: stop, configuration: configuration, sink: sink) {
            editor.show($0)
        }
        defer { shell.leaveStop(sink) }
        signals.handle(shell.interrupt)
        var conversation = Conversation(
            shell: shell,
            editor: editor,
            signals: signals,
            stopsAtFailure: false
        )
        conversation.promptPrefix = "(debug) "
        show(stop)
        var offered: String?
        while true {
            let text: String
            switch await conversation.input(offering: offered) {
            case .end: return .end
            case .ended: return .quit
            case .noticed: continue
            case .dropped(let wasEmpty):
                if wasEmpty { editor.show([":quit ends the run, ^D lets it go on to its end"]) }
                continue
            case .line(let line): text = line
            }
            offered = nil
            let trimmed = String(text.drop { $0 == " " })
            if trimmed.isEmpty {
                if stop.failure == nil { return .goOn(.step) }
                continue
            }
            guard let command = DebugCommand(trimmed) else {
                let response = await conversation.carryOut(text)
                if response.isEnd { return .quit }
                offered = response.edit
                continue
            }
            let depth = stop.stop.calls.count
            switch command {
            case .step: return .goOn(.step)
            case .next: return .goOn(.next(depth: depth))
            case .finish: return .goOn(.finish(depth: depth))
            case .continue: return .goOn(.go)
            case .quit: return .quit
            case .break: setBreakpoint(String(trimmed.drop { $0 != " " }), at: stop)
            case .breaks:
                let lines = debugger.breakpoints.map { "\($0.file):\($0.line)" }
                editor.show(lines.isEmpty ? ["no breakpoint yet: :break LINE"] : lines)
            case .where: editor.show(Self.stack(of: stop))
            }
        }
    }

    // MARK: - What shows

    private func show(_ stop: DebugStop) {
        var lines: [String] = []
        if let failure = stop.failure {
            lines.append("failed at \(Self.place(stop.stop.place)) in ‘\(safe(stop.title))’")
            lines += Self.source(stop.stop.place)
            lines.append("\(safe(failure.message)) (\(failure.reason))")
            lines += failure.notes.map { "  = \(safe($0))" }
            if let help = failure.help { lines.append("  = help: \(safe(help))") }
            lines.append("  = `:explain \(failure.reason)` tells more")
        } else {
            lines.append("stopped at \(Self.place(stop.stop.place)) in ‘\(safe(stop.title))’")
            lines += Self.source(stop.stop.place)
        }
        editor.show(lines)
    }

    private func setBreakpoint(_ argument: String, at stop: DebugStop) {
        guard
            let wanted = BreakpointArgument(
                argument.filter { $0 != " " },
                file: stop.stop.place.source.name
            )
        else {
            editor.show(["write :break FILE:LINE, or :break LINE for this file"])
            return
        }
        editor.show([wanted.set(in: debugger).message])
    }

    private static func stack(of stop: DebugStop) -> [String] {
        var lines = ["at \(place(stop.stop.place))"] + source(stop.stop.place)
        for call in stop.stop.calls.reversed() {
            lines.append("done at \(place(call))")
            lines += source(call)
        }
        return lines + ["in the test ‘\(DisplayText.safe(stop.title))’"]
    }

    private static func place(_ place: SourcePlace) -> String {
        "\(DisplayText.safe(place.source.name)):\(place.source.line(at: place.range.start))"
    }

    /// The statement's first line as it stands in the script, with its number.
    private static func source(_ place: SourcePlace) -> [String] {
        let text = place.source.text(place.range).split(separator: "\n").first ?? ""
        return ["  \(place.source.line(at: place.range.start))│ \(DisplayText.safe(String(text)))"]
    }

    private func safe(_ text: String) -> String { DisplayText.safe(text, limit: 400) }
}
