public import ParleyEngine
import ParleyMachine

/// The report for people: a line per test as it ends, failures with all that explains them, a
/// summary; at a terminal a status line, and with `--trace` every line sent and received as it
/// happens.
public struct TerminalReport: Report {
    private let canvas: TextCanvas
    private let output: @Sendable (String) -> Void
    private var status = StatusLine()
    private var trace: TraceText
    private var run: RunInfo?
    private var running: [Int: RunningTest] = [:]
    private var order: [Int] = []
    private var counts: [Verdict: Int] = [:]
    /// Whether an expected failure was told in full: one shows what they look like.
    private var hasToldExpected = false

    private struct RunningTest: Sendable {
        var info: TestInfo
        var attempt: Int
        var tree = StepTree()
        var round = 0
    }

    /// A report that writes through `output`, whole lines or redrawn ones.
    public init(style: ReportStyle, output: @escaping @Sendable (String) -> Void) {
        canvas = TextCanvas(style: style)
        trace = TraceText(canvas: canvas)
        self.output = output
    }

    /// With `--trace`.
    public var wantsDialogue: Bool { canvas.style.showsTrace }
    /// At a terminal.
    public var isLive: Bool { canvas.style.isLive }

    /// What is neither told nor traced need not wait in a queue.
    public func shows(_ kind: RunEvent.Kind) -> Bool {
        switch kind {
        case .note(.held): false
        case .connecting, .connected, .routed, .secured, .sent, .received, .closed, .serverStarted,
            .serverStopped:
            canvas.style.showsTrace
        case .note(.retrying):
            canvas.style.showsTrace || canvas.style.isLive || canvas.style.isVerbose
        default: true
        }
    }

    /// Writes what the event completes: a line, a test, the summary.
    public mutating func receive(_ event: RunEvent) {
        guard shows(event.kind) else { return }
        if canvas.style.showsTrace { write(trace.lines(for: event)) }
        switch event.kind {
        case .runStarted(let info): run = info
        case .testStarted(let info):
            if let test = event.test, running[test] == nil { order.append(test) }
            if let test = event.test {
                running[test] = RunningTest(info: info, attempt: event.attempt)
            }
        case .note(let note):
            guard let test = event.test else {
                switch note {
                case .found(let finding): write(FindingText.lines(of: finding, canvas))
                case .logged(let text): write([canvas.safe(text)])
                default: break
                }
                return
            }
            take(note, of: event, test: test)
        case .testFinished(let result): tell(result, index: event.test ?? result.info.index)
        case .runFinished(let summary):
            let text = SummaryText(summary: summary, run: run, canvas: canvas)
            let isAlone = summary.counts.isEmpty
            write((isAlone ? [] : [""]) + text.lines)
        default: break
        }
    }

    /// Redraws the status line.
    public mutating func tick(elapsed: Int64) {
        guard isLive, run != nil, !running.isEmpty else { return }
        let done = counts.values.reduce(0, +)
        var parts = [TimeText.duration(elapsed / 100_000_000 * 100_000_000)]
        for verdict in [Verdict.pass, .warn, .flaky, .skip, .fail, .error] {
            guard let count = counts[verdict] else { continue }
            parts.append(
                canvas.ink("\(count) \(VerdictText.past(verdict))", VerdictText.tint(verdict))
            )
        }
        parts.append("\(done)/\(run?.testCount ?? done)")
        var line = parts.joined(separator: " · ")
        if let first = order.first, let test = running[first] {
            var name = canvas.safe(test.info.title)
            if let step = test.tree.current { name += " › " + canvas.safe(step) }
            if test.round > 0 { name += " (round \(test.round))" }
            if test.attempt > 1 { name += " (attempt \(test.attempt))" }
            if order.count > 1 { name += " and \(order.count - 1) more" }
            // Colours take no room; sixty columns hold the counts in any case.
            line += " · " + canvas.cut(name, to: max(16, canvas.style.columns - 60))
        }
        let drawn = status.redraw(canvas.finished(line))
        if !drawn.isEmpty { output(drawn) }
    }

    /// Takes the status line away.
    public mutating func finish() {
        let cleared = status.clear()
        if !cleared.isEmpty { output(cleared) }
    }

    // MARK: - Within a test

    private mutating func take(_ note: FiberNote, of event: RunEvent, test: Int) {
        switch note {
        case .stepStarted(let title):
            running[test]?.tree.begin(title, branch: event.branch, at: event.time)
        case .stepFinished(_, let verdict):
            running[test]?.tree.end(verdict, branch: event.branch, at: event.time)
        case .logged(let text):
            running[test]?.tree.tell("log", text, .skip, branch: event.branch)
        case .measured(let name, let value, let unit, let verdict):
            let text = "\(name) = \(TimeText.measure(value, unit: unit))"
            running[test]?.tree.tell("measure", text, verdict, branch: event.branch)
        case .retrying(let round, let finding):
            running[test]?.round = round
            guard canvas.style.isVerbose else { return }
            let text = "\(round) did not hold: \(finding?.message ?? "no reason")"
            running[test]?.tree.tell("round", text, .skip, branch: event.branch)
        case .found, .held: break
        }
    }

    private mutating func tell(_ result: TestResult, index: Int) {
        let tree = running[index]?.tree ?? StepTree()
        running[index] = nil
        order.removeAll { $0 == index }
        counts[result.verdict, default: 0] += 1

        let isFolded = result.failedAsExpected && hasToldExpected && !canvas.style.isVerbose
        hasToldExpected = hasToldExpected || result.failedAsExpected
        let isGrave = (result.verdict >= .fail || result.failedAsExpected) && !isFolded
        let tellsAll = canvas.style.isVerbose || isGrave
        let steps = StepText(
            tree: tree,
            canvas: canvas,
            tellsAll: tellsAll,
            findings: result.findings
        )
        let findings = FindingText(
            result: result,
            canvas: canvas,
            isFolded: isFolded,
            stepsShown: tellsAll ? steps.paths : []
        )
        let decisive = findings.decisive
        let sentence = isFolded ? decisive?.message : nil
        var lines = [heading(of: result, tree: tree, decisive: decisive, sentence: sentence)]
        lines += steps.lines
        lines += findings.lines
        // Air around what has to be read.
        if isGrave { lines = [""] + lines + [""] }
        write(lines)
    }

    private func heading(
        of result: TestResult,
        tree: StepTree,
        decisive: Finding?,
        sentence: String?
    ) -> String {
        let word = VerdictText.word(result.verdict)
        let isPlain =
            (result.verdict == .pass || result.verdict == .skip) && !result.failedAsExpected
        let reason = isPlain ? "" : decisive?.reason ?? ""
        let time = TimeText.duration(result.took)
        let tail = reason.isEmpty ? time : "\(reason)  \(time)"
        var remark = ""
        let steps = tree.stepCount
        if result.failedAsExpected {
            remark = " (failed as expected)"
            let used = word.utf8.count + canvas.width(canvas.safe(result.info.title))
            let room = canvas.style.textColumns - used - remark.utf8.count - tail.utf8.count - 5
            if let sentence, room >= 16 {
                remark = " (failed as expected: \(canvas.cut(canvas.safe(sentence), to: room)))"
            }
        } else if isPlain, steps > 0, !canvas.style.isVerbose {
            remark = " (\(steps) \(steps == 1 ? "step" : "steps"))"
        } else if result.verdict == .flaky {
            remark = " (passed on attempt \(result.attempts))"
        } else if result.attempts > 1 {
            remark = " (\(result.attempts) attempts)"
        }
        let room =
            canvas.style.textColumns - word.utf8.count - canvas.width(remark) - tail.utf8.count - 3
        let title = canvas.cut(canvas.safe(result.info.title), to: max(40, room))
        let ink = canvas.ink
        let shownTitle = isPlain ? title : ink(title, .bold)
        return canvas.spread(
            ink(word, VerdictText.tint(result.verdict)) + " " + shownTitle + ink(remark, .dim),
            reason.isEmpty ? ink(time, .dim) : ink(reason, .bad) + "  " + ink(time, .dim),
            leftWidth: word.utf8.count + 1 + canvas.width(title) + canvas.width(remark),
            rightWidth: tail.utf8.count
        )
    }

    /// Lines are separated by one empty line at most.
    private var endsWithBlank = true

    private mutating func write(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        var text = status.clear()
        for line in lines {
            if line.isEmpty, endsWithBlank { continue }
            endsWithBlank = line.isEmpty
            text += canvas.finished(line) + "\n"
        }
        if !text.isEmpty { output(text) }
    }
}
