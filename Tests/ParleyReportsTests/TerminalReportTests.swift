import ParleyEngine
import ParleyMachine
import ParleyReports
import Testing

@Suite("The text report")
struct TerminalReportTests {
    @Test("tells every verdict as the golden file does")
    func everything() throws {
        try Golden.expect(SampleRun.everything.rendered(.text), is: "everything.txt")
    }

    @Test("colours the same text")
    func coloured() throws {
        var style = ReportStyle()
        style.isColored = true
        let coloured = SampleRun.everything.rendered(.text, style)
        try Golden.expect(coloured, is: "everything.ansi")
        let plain = coloured.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
        #expect(plain == SampleRun.everything.rendered(.text))
    }

    @Test("tells passing steps too where the user asks for all")
    func verbose() throws {
        var style = ReportStyle()
        style.isVerbose = true
        try Golden.expect(SampleRun.everything.rendered(.text, style), is: "everything.verbose.txt")
    }

    @Test("is ASCII where the terminal knows no more")
    func ascii() throws {
        var style = ReportStyle()
        style.isUnicode = false
        let text = SampleRun.everything.rendered(.text, style)
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
        try Golden.expect(text, is: "everything.ascii.txt")
    }

    @Test("fits a narrow terminal, values below their places")
    func narrow() throws {
        var style = ReportStyle()
        style.columns = 60
        try Golden.expect(SampleRun.everything.rendered(.text, style), is: "everything.narrow.txt")
    }

    @Test("traces every line with time, session, speaker and TLS")
    func trace() throws {
        var style = ReportStyle()
        style.showsTrace = true
        try Golden.expect(SampleRun.traced.rendered(.text, style), is: "trace.txt")
    }

    @Test("puts values below tabs and wide characters")
    func wide() throws {
        var run = SampleRun()
        let title = "wide"
        run.add(0, .testStarted(SampleRun.info(0, title)))
        let tab = Finding(
            verdict: .fail,
            reason: "smtp.reply",
            stage: "RCPT",
            message: "RCPT: expected 550 5.1.1, got 250 2.1.5 Ok",
            place: SampleRun.place("rcpt nobody"),
            values: [
                ShownValue(anchor: SampleRun.anchor("550 5.1.1"), text: "250 2.1.5 Ok"),
                ShownValue(anchor: SampleRun.anchor("nobody@"), text: "nobody@example.net"),
            ]
        )
        let wide = Finding(
            verdict: .fail,
            reason: "assert.value",
            message: "expected 日本語, got mail",
            place: SampleRun.place("\"日本語\" == banner.text"),
            values: [
                ShownValue(anchor: SampleRun.anchor("== banner"), text: "false"),
                ShownValue(anchor: SampleRun.anchor("banner.text"), text: "\"mail.example.net\""),
            ]
        )
        run.finish(0, title, .fail, [tab, wide])
        run.end([.fail: 1], exit: 1, interrupted: true)
        try Golden.expect(run.rendered(.text), is: "wide.txt")
    }

    @Test("underlines the place where there are no values, and crops a long line around it")
    func cropped() {
        var run = SampleRun()
        run.add(0, .testStarted(SampleRun.info(0, "long")))
        let finding = Finding(
            verdict: .fail,
            reason: "net.refused",
            stage: "connect",
            message: "connect: " + String(repeating: "very ", count: 200) + "long",
            place: SampleRun.place("30s")
        )
        run.finish(0, "long", .fail, [finding])
        var style = ReportStyle()
        style.columns = 44
        let text = run.rendered(.text, style)
        // What a user copies stays on one line.
        for line in text.split(separator: "\n") where !line.contains("= run again") {
            #expect(line.count <= 44, "\(line)")
        }
        #expect(text.contains("^^^"))
        #expect(text.contains("within 30s"))
    }

    @Test("shows an expected failure as failures look, and what is wrong before any test")
    func expected() throws {
        var run = SampleRun(tests: 3)
        let unset = Finding(
            verdict: .error,
            reason: "script.name",
            message: "parameter host has no value",
            place: SampleRun.place("host"),
            help: "set it with `--set host=value`"
        )
        run.add(nil, .note(.found(unset)))
        run.add(0, .testStarted(SampleRun.info(0, "small")))
        let result = TestResult(
            info: SampleRun.info(0, "small"),
            verdict: .pass,
            failedAsExpected: true,
            findings: [SampleRun.sizeFailure],
            attempts: 1,
            took: 12_000_000,
            dialogues: [1: SampleRun.sizeDialogue]
        )
        run.add(0, .testFinished(result))
        // One shows what they look like; the rest are told in a line.
        for (number, title) in [
            "another", "a title that leaves its line little room for a sentence",
        ]
        .enumerated() {
            var later = result
            later.info = SampleRun.info(number + 1, title)
            run.add(number + 1, .testStarted(later.info))
            run.add(number + 1, .testFinished(later))
        }
        run.end([.pass: 3], exit: 0)
        try Golden.expect(run.rendered(.text), is: "expected.txt")
        var style = ReportStyle()
        style.isVerbose = true
        let verbose = run.rendered(.text, style)
        #expect(verbose.split(separator: "├ smtp").count == 4)
    }

    @Test("shows on a step's line why it failed, and does not repeat its title below")
    func stepReason() throws {
        var run = SampleRun()
        run.add(0, .testStarted(SampleRun.info(0, "steps")))
        run.add(0, .note(.stepStarted(title: "outer")))
        run.add(0, .note(.stepStarted(title: "inner")))
        run.add(0, .note(.stepFinished(title: "inner", .fail)))
        run.add(0, .note(.stepFinished(title: "outer", .fail)))
        var finding = SampleRun.sizeFailure
        finding.steps = ["outer", "inner"]
        run.finish(0, "steps", .fail, [finding])
        let lines = run.rendered(.text).split(separator: "\n").prefix(4)
        #expect(lines[1].hasPrefix("  FAIL outer ") && !lines[1].contains("assert.value"))
        #expect(lines[2].hasPrefix("    FAIL inner ") && lines[2].hasSuffix("assert.value  10ms"))
        #expect(lines[3] == "  expected SIZE >= 20MB, got 10240000")
        var other = finding
        other.steps = ["outer"]
        var several = SampleRun()
        several.finish(0, "steps", .fail, [finding, other])
        #expect(several.rendered(.text).contains("\n  outer › inner: expected SIZE"))
    }

    @Test("explains a warning by the values that it saw")
    func warningValues() {
        func told(_ finding: Finding) -> String {
            var run = SampleRun()
            var finding = finding
            finding.verdict = .warn
            run.finish(0, "soft", .warn, [finding])
            return run.rendered(.text)
        }
        #expect(told(SampleRun.sizeFailure).contains("got 10240000: nearest SIZE 10240000\n"))
        var compared = SampleRun.sizeFailure
        compared.nearest = nil
        compared.place = SampleRun.place("cert.remaining > 21d")
        compared.message = "expected cert.remaining > 21d"
        compared.values = [
            ShownValue(anchor: SampleRun.anchor("cert.remaining"), text: "9d"),
            ShownValue(anchor: SampleRun.anchor("> 21d"), text: "false"),
            ShownValue(anchor: SampleRun.anchor("21d"), text: "21d"),
        ]
        #expect(
            told(compared).contains("WARN expected cert.remaining > 21d: cert.remaining is 9d\n")
        )
    }

    @Test("redraws one status line and erases it before anything else is written")
    func status() {
        var style = ReportStyle()
        style.isLive = true
        let written = SampleRun.Collected()
        var report = ReportFormat.text.make(style) { written.add($0) }
        let events = SampleRun.traced.events
        for event in events.prefix(3) { report.receive(event) }
        report.tick(elapsed: 1_500_000_000)
        let before = written.text
        #expect(before.contains("1.50s · 0/1 · submission"))
        for event in events.dropFirst(3) { report.receive(event) }
        report.finish()
        let after = written.text.dropFirst(before.count)
        #expect(after.hasPrefix("\r\u{1B}[2Kpass submission"))
        #expect(!after.dropFirst(6).contains("\u{1B}"))
    }

    @Test("keeps what a failing loop over many hosts says within bounds")
    func bounded() {
        var run = SampleRun()
        run.add(0, .testStarted(SampleRun.info(0, "loop")))
        for number in 0..<5000 {
            run.add(0, branch: [number], .note(.stepStarted(title: "host \(number)")))
            run.add(0, branch: [number], .note(.stepFinished(title: "host \(number)", .pass)))
        }
        let failures = (0..<500).map { number in
            var finding = SampleRun.sizeFailure
            finding.message = "host \(number) is too small"
            return finding
        }
        run.finish(0, "loop", .fail, failures, dialogues: [1: SampleRun.sizeDialogue])
        run.end([.fail: 1], exit: 1)
        let text = run.rendered(.text)
        #expect(text.split(separator: "\n").count < 150)
        #expect(text.contains("490 more findings"))
    }
}
