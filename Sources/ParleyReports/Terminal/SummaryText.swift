import ParleyEngine
import ParleyMachine

/// The last lines of a run.
struct SummaryText {
    let summary: RunSummary
    let run: RunInfo?
    let canvas: TextCanvas

    var lines: [String] {
        let total = summary.counts.values.reduce(0, +)
        var parts: [String] = []
        for verdict in [Verdict.pass, .warn, .flaky, .skip, .fail, .error] {
            guard let count = summary.counts[verdict], count > 0 else { continue }
            let text = "\(count) \(VerdictText.past(verdict))"
            parts.append(canvas.ink(text, VerdictText.tint(verdict)))
        }
        let missing = (run?.testCount ?? total) - total
        if missing > 0 { parts.append(canvas.ink("\(missing) not run", .warning)) }
        let count = "\(total + max(0, missing)) \(total + missing == 1 ? "test" : "tests")"
        let told = parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
        var lines = ["\(count)\(told) in \(TimeText.duration(summary.took))"]

        let failed =
            (summary.counts[.fail] ?? 0) + (summary.counts[.error] ?? 0)
            + (summary.counts[.flaky] ?? 0)
        if failed > 0, let run {
            lines.append(
                canvas.ink("seed \(run.seed), the same again with --seed \(run.seed)", .dim)
            )
        }
        if summary.wasInterrupted {
            lines.append(canvas.ink("interrupted; the report is complete up to here", .warning))
        }
        if summary.exitCode == 3 {
            lines.append("this machine could not do what the tests need; no target is accused")
        }
        return lines
    }
}
