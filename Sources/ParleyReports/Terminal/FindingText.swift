import ParleyDiagnostics
import ParleyEngine
import ParleyMachine

/// The findings of a test, told to a person: a failure with all that explains it, a warning in a
/// line.
struct FindingText {
    let result: TestResult
    let canvas: TextCanvas
    /// Whether a failure that was expected is told in the test's heading alone.
    var isFolded = false
    /// The steps that stand above, each with the titles of those around it.
    var stepsShown: Set<[String]> = []

    /// How many failures of one test are told in full.
    private static let fullLimit = 10
    /// How many warnings of one test are shown.
    private static let compactLimit = 20

    /// A finding alone: of the run itself, whose inputs are wrong before any test began, or of a
    /// statement that was typed. The dialogue that it is about follows if it is given.
    static func lines(
        of finding: Finding,
        _ canvas: TextCanvas,
        dialogues: [Int: Dialogue] = [:]
    ) -> [String] {
        let word = VerdictText.word(finding.verdict)
        let width = canvas.style.textColumns - word.utf8.count - finding.reason.utf8.count - 4
        let message = canvas.wrap(canvas.safe(finding.message), to: max(30, width), lines: 8)
        let head = message.first ?? ""
        var lines = [
            canvas.spread(
                canvas.ink(word, VerdictText.tint(finding.verdict)) + " " + canvas.ink(head, .bold),
                canvas.ink(finding.reason, .bad),
                leftWidth: word.utf8.count + 1 + canvas.width(head),
                rightWidth: finding.reason.utf8.count
            )
        ]
        let gap = String(repeating: " ", count: word.utf8.count + 1)
        lines += message.dropFirst().map { gap + canvas.ink($0, .bold) }
        let info = TestInfo(index: 0, title: "", identity: "", tags: [], place: finding.place)
        let none = TestResult(
            info: info,
            verdict: finding.verdict,
            findings: [],
            attempts: 1,
            took: 0,
            dialogues: dialogues
        )
        lines += FindingText(result: none, canvas: canvas).explanation(
            of: finding,
            after: [finding],
            !dialogues.isEmpty
        )
        return lines
    }

    /// The finding that decided the verdict: the first of the worst.
    var decisive: Finding? {
        guard let worst = result.findings.map(\.verdict).max() else { return nil }
        return result.findings.first { $0.verdict == worst }
    }

    var lines: [String] {
        var lines: [String] = []
        let grave = result.findings.filter { $0.verdict >= .fail }
        let tellsAll = result.verdict >= .fail || (result.failedAsExpected && !isFolded)
        // Where all of it went wrong in one step, the step's own line says so.
        let paths = Set(grave.map(\.steps))
        let isTold = paths.count == 1 && paths.isSubset(of: stepsShown)
        var full = 0
        var compact = 0
        var told: [Finding] = []
        for (index, finding) in result.findings.enumerated() {
            if isFolded, finding.verdict >= .fail { continue }
            guard tellsAll, finding.verdict >= .fail else {
                compact += 1
                if compact <= Self.compactLimit { lines += self.compact(finding) }
                continue
            }
            full += 1
            guard full <= Self.fullLimit else { continue }
            if !told.isEmpty { lines.append("") }
            told.append(finding)
            let isLastOfSession = !result.findings[(index + 1)...].contains {
                $0.verdict >= .fail && $0.session == finding.session
            }
            let tellsDialogue = isLastOfSession || full == Self.fullLimit
            let head = sentence(of: finding, names: !isTold, isOnly: grave.count == 1)
            lines += head + explanation(of: finding, after: told, tellsDialogue)
        }
        let hidden = max(0, full - Self.fullLimit) + max(0, compact - Self.compactLimit)
        if hidden > 0 {
            lines.append("  … and \(hidden) more findings: --format jsonl lists all")
        }
        if tellsAll, !grave.isEmpty, let again { lines.append("  = run again: \(again)") }
        return lines
    }

    // MARK: - A failure

    /// The sentence and the reason, which the heading of a test with one failure shows already.
    private func sentence(of finding: Finding, names: Bool, isOnly: Bool) -> [String] {
        let ink = canvas.ink
        let steps = names ? finding.steps : []
        let context = steps.isEmpty ? "" : steps.joined(separator: " › ") + ": "
        let sentence = canvas.safe(context + finding.message)
        let reason = isOnly ? "" : finding.reason
        let room = canvas.style.textColumns - 2 - (reason.isEmpty ? 0 : canvas.width(reason) + 2)
        let wrapped = canvas.wrap(sentence, to: room)
        var lines: [String] = []
        for (number, line) in wrapped.enumerated() {
            let width = canvas.width(line) + 2
            let left = "  " + ink(line, .bold)
            guard number == 0 else {
                lines.append(left)
                continue
            }
            lines.append(
                canvas.spread(
                    left,
                    ink(reason, .bad),
                    leftWidth: width,
                    rightWidth: canvas.width(reason)
                )
            )
        }
        return lines
    }

    /// What explains a finding, below its sentence.
    private func explanation(
        of finding: Finding,
        after told: [Finding] = [],
        _ tellsDialogue: Bool = false
    ) -> [String] {
        var lines: [String] = []
        // What the command line said stands in no script.
        if finding.place.range.end > 0 {
            lines += SourceExcerpt(finding: finding, canvas: canvas).lines
        }
        if tellsDialogue, let session = finding.session, let dialogue = result.dialogues[session] {
            let same = told.filter { $0.session == session }
            let excerpt = DialogueExcerpt(dialogue: dialogue, findings: same, canvas: canvas)
            lines += excerpt.lines(edge: "  ")
        }
        if let nearest = finding.nearest { lines += remark("nearest", nearest) }
        for note in finding.notes.prefix(8) { lines += remark("note", note) }
        if let help = finding.help { lines += remark("help", help) }
        return lines
    }

    private func remark(_ kind: String, _ text: String) -> [String] {
        let room = canvas.style.textColumns - kind.utf8.count - 6
        let lines = canvas.wrap(canvas.safe(text), to: room, lines: 6)
        let indent = String(repeating: " ", count: kind.utf8.count + 6)
        return lines.enumerated().map { number, line in
            number == 0 ? "  = \(canvas.ink(kind, .note)): \(line)" : indent + line
        }
    }

    // MARK: - A warning

    private func compact(_ finding: Finding) -> [String] {
        let sentence = canvas.wrap(
            canvas.safe(finding.message + FindingValues(finding: finding).text),
            to: max(20, canvas.style.textColumns - 8),
            lines: 2
        )
        let word = finding.verdict == .skip ? "skip" : VerdictText.word(finding.verdict)
        let place = canvas.safe(finding.place.description)
        // A `skip` is the script's own word: it needs no reason.
        let reason = finding.verdict == .skip ? "" : "  \(finding.reason)"
        let head =
            "  " + canvas.ink(word, VerdictText.tint(finding.verdict)) + " "
            + (sentence.first ?? "")
        return [head] + sentence.dropFirst().map { "       " + $0 }
            + ["       " + canvas.ink("\(place)\(reason)", .dim)]
    }

    // MARK: - Running it again

    private var again: String? {
        let source = result.info.place.source
        let name = source.name
        guard !name.hasPrefix("<"), name != "-", name != "-c" else { return nil }
        let line = source.line(at: result.info.place.range.start)
        let words = ["\(name):\(line)"] + canvas.style.repeatedOptions() + ["--trace"]
        let said = words.map { canvas.safe(ShellText.quoted($0)) }
        return "parley run \(said.joined(separator: " "))"
    }
}
