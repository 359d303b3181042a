import ParleyEngine
import ParleyMachine
import ParleyNetwork
import ParleyTesting
import Testing

/// What servers said is kept as scripted servers that say it again, without them.
@Suite struct RecordingTests {
    /// A run with a server that no script wrote, and the run of its recording on a network where
    /// nobody listens.
    private struct Both {
        var first: Outcome
        var again: Outcome
        var recording: String

        init(
            _ script: String,
            secrets: [String: String] = [:],
            retries: Int = 0,
            isSingle: Bool = true,
            _ begin: (SimulatedNetwork) throws -> [LineServer]
        ) throws {
            let network = SimulatedNetwork(seed: 1)
            let servers = try begin(network)
            let recorder = Recorder()
            var options = RunOptions()
            options.recorder = recorder
            options.environment = secrets
            options.retries = retries
            first = try play(script, on: network, options: options)
            _ = servers
            recording =
                "replay\n"
                + recorder.servers(of: "t.parley", isSingle: isSingle).joined(separator: "\n")
                + "\n" + recorder.scrub(script)
            options.recorder = nil
            options.environment = [:]
            again = try play(recording, options: options)
        }

        var received: ([UInt8], [UInt8]) { (Self.octets(first), Self.octets(again)) }

        private static func octets(_ outcome: Outcome) -> [UInt8] {
            outcome.events.flatMap { event -> [UInt8] in
                if case .received(_, let octets) = event.kind { octets } else { [] }
            }
        }
    }

    private static func text(_ text: String) -> LineServer.Answer { .say(Array(text.utf8)) }

    private static func script(_ lines: String) -> String {
        """
        test "t" {
            connect smtp 127.0.0.1:25
        \(lines)
        }
        """
    }

    // MARK: - Hostile servers

    /// Words that mean something to the language, to a terminal or to nobody.
    private static let pieces: [[UInt8]] = [
        Array("\"".utf8), Array("\"\"\"".utf8), Array("${run.id}".utf8), Array("$${".utf8),
        Array("\\".utf8), Array("\\x41".utf8), Array("\u{1B}[31m".utf8), [0], [0x80], [0xFF, 0xFE],
        [0xC3], Array("é".utf8), Array("\u{202E}‹secret›".utf8), [0x0D], Array("# }".utf8),
        Array("=> {".utf8), Array(repeating: 0x61, count: 700), [0x09], Array(" ".utf8), [0x7F],
        Array("2.1.5 ".utf8), Array("}\u{2028}".utf8),
    ]

    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 33
        }
    }

    private static func hostileReply(_ dice: inout Dice) -> [UInt8] {
        let code = [250, 354, 421, 451, 550, 299, 999].randomElement(using: &dice) ?? 250
        let count = Int.random(in: 1...5, using: &dice)
        var reply: [UInt8] = []
        for line in 1...count {
            let isMixed = Int.random(in: 0..<40, using: &dice) == 0
            reply += Array("\(isMixed ? 250 : code)\(line == count ? " " : "-")".utf8)
            for _ in 0..<Int.random(in: 0...6, using: &dice) {
                reply += pieces.randomElement(using: &dice) ?? []
            }
            reply += Int.random(in: 0..<8, using: &dice) == 0 ? [0x0A] : [0x0D, 0x0A]
        }
        return reply
    }

    @Test(arguments: 0..<12)
    func `whatever a server says, its recording says the same octets`(_ seed: Int) throws {
        var dice = Dice(state: UInt64(seed) &* 977 &+ 13)
        let script = Self.script(
            """
                noop => any or closed
                vrfy x => any or closed
                noop => any or closed
            """
        )
        for _ in 0..<12 {
            let replies = (0..<3).map { _ in Self.hostileReply(&dice) }
            let both = try Both(script) { network in
                [try LineServer(on: network, replies.map { .say($0) })]
            }
            let (first, again) = both.received
            #expect(first == again, "\(both.recording)")
            #expect(both.first.reason == both.again.reason, "\(both.recording)")
            #expect(both.first.verdict == both.again.verdict)
        }
    }

    @Test func `a greeting that is hostile is greeted with again`() throws {
        let octets = Array("220-${x} \"\"\"\r\n220 \u{1B}]0;t\u{7}\r\n".utf8)
        let both = try Both(Self.script("    expect banner contains \"]0;\"")) { network in
            [try LineServer(on: network, greeting: octets, [])]
        }
        #expect(both.received.0 == both.received.1)
        #expect(both.again.verdict == .pass, "\(both.recording)")
    }

    // MARK: - What a recording keeps

    @Test func `verdicts, reasons and failed expectations come again`() throws {
        let both = try Both(
            Self.script(
                """
                    ehlo probe.test
                    expect offers SIZE >= 20MB
                    mail a-${uuid()}@b.test
                    rcpt x-${random(1000)}@b.test => 550
                """
            )
        ) { network in
            [
                try LineServer(
                    on: network,
                    [Self.text("250-mx\r\n250 SIZE 1000\r\n"), Self.text("250 ok\r\n")]
                        + [Self.text("451 4.7.1 later\r\n")]
                )
            ]
        }
        #expect(both.first.failures.map(\.reason) == ["assert.value", "smtp.reply"])
        #expect(both.again.failures.map(\.reason) == ["assert.value", "smtp.reply"])
        #expect(both.recording.contains("on rcpt first => 451 4.7.1 \"later\""))
    }

    @Test(arguments: ["drop", "reset", "silence"])
    func `a server that leaves or falls silent does so again`(_ how: String) throws {
        let answers: [String: LineServer.Answer] = [
            "drop": .drop, "reset": .reset, "silence": .silence,
        ]
        let both = try Both(Self.script("    noop within 2s\n    noop within 2s")) { network in
            [try LineServer(on: network, [Self.text("250 ok\r\n")] + [answers[how] ?? .drop])]
        }
        #expect(both.first.verdict == .fail)
        #expect(both.first.reason == both.again.reason, "\(both.recording)")
    }

    @Test func `a pipeline is answered command by command`() throws {
        let script = Self.script(
            """
                ehlo probe.test
                pipeline {
                    mail a@b.test
                    rcpt a@b.test => 550
                    rcpt b@b.test
                }
            """
        )
        let both = try Both(script) { network in
            [
                try LineServer(
                    on: network,
                    ["250-mx\r\n250 PIPELINING\r\n", "250 m\r\n", "550 r\r\n", "250 r\r\n"]
                        .map(Self.text)
                )
            ]
        }
        #expect(both.first.verdict == .pass && both.again.verdict == .pass, "\(both.recording)")
    }

    @Test func `commands that nobody knows are answered in their turn`() throws {
        let script = Self.script(
            """
                send XFOO bar => 250
                noop
                send XBAR => 599
                send "§ ?" => 250 matching /last/
            """
        )
        let both = try Both(script) { network in
            [
                try LineServer(
                    on: network,
                    ["250 one\r\n", "250 two\r\n", "599 three\r\n", "250 last\r\n"].map(Self.text)
                )
            ]
        }
        #expect(both.first.verdict == .pass && both.again.verdict == .pass, "\(both.recording)")
    }

    @Test func `what a retry made good is flaky again`() throws {
        let both = try Both(Self.script("    noop"), retries: 1, isSingle: false) { network in
            [
                try LineServer(
                    on: network,
                    ["550 no\r\n", "250 ok\r\n", "250 ok\r\n"].map(Self.text)
                )
            ]
        }
        #expect(both.first.verdict == .flaky)
        #expect(both.again.verdict == .flaky, "\(both.recording)")
    }

    @Test func `a server that was not there is not there again`() throws {
        let both = try Both(Self.script("    noop")) { _ in [] }
        #expect(both.first.reason == "net.refused")
        #expect(both.again.reason == "net.refused", "\(both.recording)")
    }

    @Test func `lines of any protocol are played, too`() throws {
        let script = """
            test "t" {
                connect tcp 127.0.0.1:25
                receive line => any
                send "one"
                receive line
                send "two"
                receive until /end/
            }
            """
        let plain = script.replacing(" => any", with: "")
        let both = try Both(plain) { network in
            [
                try LineServer(
                    on: network,
                    greeting: Array("hello \u{1B}\r\n".utf8),
                    [Self.text("a\r\n"), Self.text("b ${end}\r\n")]
                )
            ]
        }
        #expect(both.first.verdict == .pass && both.again.verdict == .pass, "\(both.recording)")
        #expect(both.received.0 == both.received.1)
    }

    // MARK: - What a recording does not do

    @Test func `a recording never reaches for the network`() throws {
        let network = SimulatedNetwork(seed: 3)
        let server = try LineServer(on: network, [])
        let outcome = try play("replay\n" + Self.script("    noop"), on: network)
        #expect(outcome.reason == "script.replay" && server.connections == 0)
        #expect(outcome.summary.exitCode == 2)
    }

    @Test func `a secret is in no recording, however it was echoed`() throws {
        let secret = "hunter2-wonder"
        let base64 = "aHVudGVyMi13b25kZXI="
        let hex = secret.utf8.map { String($0, radix: 16) }.joined()
        let script = """
            secret pass = env PASS

            """
            + Self.script(
                """
                    ehlo probe.test
                    auth plain probe@b.test ${pass}
                    noop as echo
                    expect echo.text contains pass
                """
            )
        let both = try Both(script, secrets: ["PASS": secret]) { network in
            [
                try LineServer(
                    on: network,
                    [
                        "250-mx\r\n250 AUTH PLAIN\r\n", "235 2.7.0 hello \(secret)\r\n",
                        "250-\(base64)\r\n250-\(hex)\r\n250 \(secret)\r\n",
                    ].map(Self.text)
                )
            ]
        }
        #expect(both.first.verdict == .pass, "\(both.first.failures)")
        for form in [secret, base64, hex, "AHByb2JlQGIudGVzdABodW50ZXIyLXdvbmRlcg=="] {
            #expect(!both.recording.contains(form), "\(form)")
        }
        // The mark stands in the script's secret and in the server's echo alike.
        #expect(both.again.verdict == .pass, "\(both.recording)")
    }

    @Test func `a login by hand leaves nothing behind, and is accepted again`() throws {
        let script = Self.script(
            """
                ehlo probe.test
                send "AUTH PLAIN AHByb2JlAGh1bnRlcjItd29uZGVy" => 235
                send "AUTH X-RIDDLE" => 334
                send "aHVudGVyMg==" => 535
            """
        )
        let both = try Both(script) { network in
            [
                try LineServer(
                    on: network,
                    [
                        "250-mx\r\n250 AUTH PLAIN X-RIDDLE\r\n", "235 hunter2-wonder\r\n",
                        "334 aHVudGVyMg==\r\n", "535 hunter2\r\n",
                    ].map(Self.text)
                )
            ]
        }
        for form in ["hunter2", "aHVudGVyMg", "AHByb2JlAGh1"] {
            #expect(!both.recording.contains(form), "\(both.recording)")
        }
        #expect(both.first.verdict == .pass && both.again.verdict == .pass, "\(both.recording)")
    }

    @Test func `without a recorder nothing is kept`() throws {
        let recorder = Recorder()
        try play(Self.script("    noop"))
        #expect(recorder.isEmpty && recorder.servers(of: "t.parley", isSingle: true).isEmpty)
    }
}
