import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import ParleyReports
import Synchronization

/// A run told by hand: what a report is fed with.
struct SampleRun {
    static let script = SourceText(
        name: "tests/submission.parley",
        """
        # submission.parley
        param  host          = mail.example.net

        test "submission: login only under TLS" tags [smtp, login] timeout 90s {
            connect smtp ${host}:587          => 220 within 30s
            ehlo probe.example.org            => 250
            expect offers SIZE >= 20MB
        \trcpt nobody@example.net => 550 5.1.1
            expect cert.remaining > 21d      else warn
            expect "日本語" == banner.text
        }
        """
    )

    private(set) var events: [RunEvent] = []
    private var clock: Int64 = 0

    static let millisecond: Int64 = 1_000_000

    static func place(_ text: String, length: Int? = nil) -> SourcePlace {
        let bytes = script.bytes
        let wanted = Array(text.utf8)
        let start =
            bytes.indices.first { bytes[$0...].starts(with: wanted) } ?? 0
        return SourcePlace(script, SourceRange(start, start + (length ?? wanted.count)))
    }

    static func anchor(_ text: String) -> Int { place(text).range.start }

    static func info(_ index: Int, _ title: String) -> TestInfo {
        TestInfo(
            index: index,
            title: title,
            identity: "tests/submission.parley:\(title)",
            tags: ["smtp"],
            place: place("test \"submission")
        )
    }

    static func dialogue(_ lines: [(Int64, Dialogue.Speaker, String)]) -> Dialogue {
        Dialogue(
            session: SessionInfo(
                id: 1,
                label: "smtp",
                protocolName: "smtp",
                target: "mail.example.net:587"
            ),
            peer: "198.51.100.7:587",
            tls: TLSInfo(version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", isVerified: true),
            lines: lines.map {
                Dialogue.Line(time: $0.0 * millisecond, speaker: $0.1, text: Array($0.2.utf8))
            },
            dropped: 0
        )
    }

    init(tests: Int = 1) {
        add(
            nil,
            .runStarted(
                RunInfo(
                    id: "r4t7",
                    seed: 8472,
                    started: 1_780_000_000_000_000_000,
                    testCount: tests,
                    files: ["tests/submission.parley"]
                )
            )
        )
    }

    mutating func add(_ test: Int?, branch: [Int] = [], after: Int64 = 10, _ kind: RunEvent.Kind) {
        clock += after * Self.millisecond
        events.append(RunEvent(time: clock, test: test, branch: branch, kind: kind))
    }

    mutating func finish(
        _ index: Int,
        _ title: String,
        _ verdict: Verdict,
        _ findings: [Finding] = [],
        attempts: Int = 1,
        dialogues: [Int: Dialogue] = [:]
    ) {
        let result = TestResult(
            info: Self.info(index, title),
            verdict: verdict,
            findings: findings,
            attempts: attempts,
            took: 2410 * Self.millisecond,
            dialogues: dialogues
        )
        add(index, .testFinished(result))
    }

    mutating func end(_ counts: [Verdict: Int], exit: Int32, interrupted: Bool = false) {
        let summary = RunSummary(
            counts: counts,
            took: 3210 * Self.millisecond,
            wasInterrupted: interrupted,
            exitCode: exit
        )
        add(nil, .runFinished(summary))
    }

    /// What the report makes of it.
    func rendered(_ format: ReportFormat, _ style: ReportStyle = ReportStyle()) -> String {
        let written = Collected()
        var report = format.make(style) { written.add($0) }
        for event in events { report.receive(event) }
        report.finish()
        return written.text
    }

    final class Collected: Sendable {
        private let state = Mutex("")
        var text: String { state.withLock { $0 } }
        func add(_ text: String) { state.withLock { $0 += text } }
    }
}

extension SampleRun {
    /// The failure of the language page.
    static var sizeFailure: Finding {
        Finding(
            verdict: .fail,
            reason: "assert.value",
            message: "expected SIZE >= 20MB, got 10240000",
            place: place("offers SIZE >= 20MB"),
            values: [
                ShownValue(anchor: anchor("offers SIZE"), text: "false"),
                ShownValue(anchor: anchor("SIZE >="), text: "10240000"),
                ShownValue(anchor: anchor("20MB"), text: "20971520"),
            ],
            nearest: "SIZE 10240000",
            session: 1
        )
    }

    static var sizeDialogue: Dialogue {
        dialogue([
            (2, .event, "connected"),
            (400, .server, "220 mail.example.net ESMTP"),
            (412, .client, "EHLO probe.example.org"),
            (431, .server, "250-mail.example.net"),
            (431, .server, "250-SIZE 10240000"),
            (431, .server, "250 HELP"),
        ])
    }

    /// One test of every verdict, with steps, parallel branches, a measure and a log.
    static var everything: SampleRun {
        var run = SampleRun(tests: 7)
        run.add(0, .testStarted(info(0, "plain pass")))
        run.add(0, .note(.held(place("ehlo"))))
        run.finish(0, "plain pass", .pass)

        run.add(1, .testStarted(info(1, "pass with steps")))
        run.add(1, .note(.stepStarted(title: "one")))
        run.add(1, .note(.logged("the host is mail.example.net")))
        run.add(1, .note(.stepFinished(title: "one", .pass)))
        run.add(1, .note(.measured(name: "delivery", value: 2.5e9, unit: "ns", .pass)))
        run.finish(1, "pass with steps", .pass)

        run.add(2, .testStarted(info(2, "softened")))
        let soft = Finding(
            verdict: .warn,
            reason: "assert.value",
            message: "expected cert.remaining > 21d",
            place: place("cert.remaining > 21d"),
            values: [ShownValue(anchor: anchor("cert.remaining"), text: "9d")]
        )
        run.add(2, .note(.found(soft)))
        run.finish(2, "softened", .warn, [soft])

        run.add(3, .testStarted(info(3, "not here")))
        let skip = Finding(
            verdict: .skip,
            reason: "",
            message: "no IPv6 on this machine",
            place: place("ehlo")
        )
        run.finish(3, "not here", .skip, [skip])

        run.add(4, .testStarted(info(4, "in and out")))
        let deferred = Finding(
            verdict: .fail,
            reason: "smtp.reply",
            stage: "RCPT",
            message: "RCPT: expected 250, got 451 4.7.1 greylisted",
            place: place("rcpt nobody")
        )
        run.finish(4, "in and out", .flaky, [deferred], attempts: 2)

        let title = "submission: login only under TLS"
        run.add(5, .testStarted(info(5, title)))
        run.add(5, .note(.stepStarted(title: "hosts")))
        for (branch, verdict) in [(1, Verdict.pass), (0, .fail)] {
            run.add(5, branch: [branch], .note(.stepStarted(title: "mx\(branch).example.net")))
            run.add(
                5,
                branch: [branch],
                .note(.stepFinished(title: "mx\(branch).example.net", verdict))
            )
        }
        run.add(5, .note(.stepFinished(title: "hosts", .fail)))
        run.finish(5, title, .fail, [sizeFailure], dialogues: [1: sizeDialogue])

        run.add(6, .testStarted(info(6, "nobody home")))
        let refused = Finding(
            verdict: .error,
            reason: "local.resolver",
            stage: "connect",
            message: "connect: this machine has no resolver that answers",
            place: place("connect smtp"),
            notes: ["asked 127.0.0.53, twice"],
            help: "check /etc/resolv.conf",
            steps: ["hosts"]
        )
        run.finish(6, "nobody home", .error, [soft, refused])
        run.end([.pass: 2, .warn: 1, .skip: 1, .flaky: 1, .fail: 1, .error: 1], exit: 1)
        return run
    }

    /// A dialogue as it happens.
    static var traced: SampleRun {
        var run = SampleRun(tests: 1)
        run.add(0, .serverStarted(name: "grey", address: "127.0.0.1:40123"))
        run.add(0, .testStarted(info(0, "submission")))
        run.add(
            0,
            .connecting(
                SessionInfo(
                    id: 1,
                    label: "smtp",
                    protocolName: "smtp",
                    target: "mail.example.net:587"
                )
            )
        )
        run.add(0, .connected(session: 1, peer: "198.51.100.7:587", took: 9_000_000))
        run.add(0, .received(session: 1, Array("220 mail.exa".utf8)))
        run.add(0, .received(session: 1, Array("mple.net ESMTP\r\n".utf8)))
        run.add(0, .note(.stepStarted(title: "greet")))
        run.add(0, .sent(session: 1, Array("EHLO probe.example.org\r\n".utf8)))
        run.add(0, .received(session: 1, Array("250-SIZE 10240000\r\n250 STARTTLS\r\n".utf8)))
        let tls = TLSInfo(version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", isVerified: true)
        run.add(0, .secured(session: 1, tls, took: 23_000_000))
        run.add(0, .sent(session: 1, Array("QUIT\r\n".utf8)))
        run.add(0, .received(session: 1, Array("221".utf8)))
        run.add(0, .note(.stepFinished(title: "greet", .pass)))
        run.add(0, .closed(session: 1, how: "closed by the server"))
        run.finish(0, "submission", .pass)
        run.add(0, .serverStopped(name: "grey"))
        run.end([.pass: 1], exit: 0)
        return run
    }

    /// Hostile text in every place where a peer, a script or a file can put some.
    static func hostile(_ text: String) -> SampleRun {
        var run = SampleRun(tests: 2)
        let source = SourceText(name: "evil\(text).parley", "expect \(text) == 1\n")
        let place = SourcePlace(source, SourceRange(0, 6))
        var info = info(0, text)
        info.place = place
        run.add(0, .testStarted(info))
        run.add(0, .note(.stepStarted(title: text)))
        run.add(0, .note(.logged(text)))
        run.add(0, .note(.measured(name: text, value: 1, unit: text, .warn)))
        run.add(0, .serverStarted(name: text, address: text))
        run.add(
            0,
            .connecting(SessionInfo(id: 1, label: text, protocolName: text, target: text))
        )
        run.add(0, .connected(session: 1, peer: text, took: 1))
        let tls = TLSInfo(version: text, cipher: text, isVerified: false)
        run.add(0, .secured(session: 1, tls, took: 1))
        run.add(0, .sent(session: 1, Array("\(text)\r\n".utf8)))
        run.add(0, .received(session: 1, Array("\(text)\n\(text)".utf8) + [0xFF, 0x1B, 0x9B]))
        run.add(0, .closed(session: 1, how: text))
        run.add(0, .note(.stepFinished(title: text, .fail)))
        let finding = Finding(
            verdict: .fail,
            reason: "smtp.reply",
            stage: text,
            message: "\(text) \(text)",
            place: place,
            values: [ShownValue(anchor: 7, text: text)],
            nearest: text,
            notes: [text],
            help: text,
            session: 1,
            steps: [text]
        )
        var soft = finding
        soft.verdict = .warn
        var dialogue = dialogue([(1, .server, text), (2, .client, text), (3, .event, text)])
        dialogue.session.label = text
        dialogue.peer = text
        dialogue.lines.append(
            Dialogue.Line(time: 4, speaker: .server, text: [0x1B, 0xFF, 0x9B, 0x00, 0x0D, 0x0A])
        )
        dialogue.tls = tls
        let result = TestResult(
            info: info,
            verdict: .fail,
            findings: [soft, finding],
            attempts: 1,
            took: 1,
            dialogues: [1: dialogue]
        )
        run.add(0, .testFinished(result))
        run.end([.fail: 1], exit: 1)
        return run
    }
}
