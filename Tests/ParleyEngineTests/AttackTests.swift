import ParleyEngine
import ParleyMachine
import ParleyNetwork
import ParleyTesting
import Testing

@Suite("Breaking the rules")
struct AttackTests {
    /// A server that takes any line end: what it hears as a line, it answers.
    private static let lines = """
        server mx tcp on 127.0.0.1:25 {
            greet                  => raw "220 mx.test\\r\\n"
            on line /^EHLO/        => raw "250-mx.test\\r\\n250 HELP\\r\\n"
            on line /^DATA/        => raw "354 go\\r\\n"
            on line /^(MAIL|RCPT)/ => raw "250 ok\\r\\n"
            on line /^\\.$/        => raw "250 queued\\r\\n"
            on line /^AUTH/        => raw "503 5.5.1 no\\r\\n"
            on line /^(NOOP|x)/    => raw "250 ok\\r\\n"
        }
        """

    private static let transaction =
        "start mx\nconnect smtp ${mx.address}\nehlo p.test\nmail a@b.test\nrcpt c@d.test\ndata\n"

    private func heard(_ run: Outcome, _ line: String) -> Bool { run.sent.contains(line) }

    @Test("finds a server that ends a message at another sequence")
    func smuggling() throws {
        let ending = "\"\\n.\\nMAIL FROM:<e@f.test>\\r\\n.\\r\\n\""
        let test =
            "body \"Subject: a\\n\\nb\" ending \(ending) => 250\n"
            + "receive line within 1s => timeout or closed"
        let weak = try play(servers: Self.lines, test: Self.transaction + test)
        #expect(weak.reason == "smtp.reply" || weak.verdict == .fail, "\(weak.findings)")
        let strict = try play(
            servers: "server mx smtp on 127.0.0.1:25 {\n}",
            test: Self.transaction + test
        )
        #expect(strict.verdict == .pass, "\(strict.findings)")
    }

    @Test("sends a message by `body`, with its dots doubled and its end")
    func body() throws {
        let servers = """
            server mx smtp on 127.0.0.1:25 {
                on body /^Subject: a\\r\\n\\r\\n\\.b\\r\\n$/ => 250 2.0.0 "as written"
                on body                            => 554 5.6.0 "something else"
            }
            """
        let run = try play(
            servers: servers,
            test: Self.transaction
                + "body \"\"\"\n    Subject: a\n\n    .b\n    \"\"\" => 250 2.0.0 as done\n"
                + "expect done.text contains \"as written\"\nmail again@b.test\nquit"
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        let wrong = try play(
            servers: servers,
            test: Self.transaction + "body \"Subject: b\""
        )
        #expect(wrong.reason == "smtp.reply")
        #expect(wrong.stage == "body")
        let early = try play(servers: servers, test: "start mx\nconnect smtp ${mx.address}\nbody x")
        #expect(early.reason == "smtp.out-of-turn")
    }

    @Test("ends lines as the script says, and makes them as long as it says")
    func lineEnds() throws {
        let run = try play(
            servers: Self.lines,
            test: "start mx\nconnect smtp ${mx.address}\nsend lf NOOP => 250\n"
                + "send long 20 NOOP => 250\nsend cr NOOP\nreceive line within 1s => timeout"
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        #expect(heard(run, "NOOP xxxxxxxxxxxxx"), "\(run.sent)")
        let short = try play(
            servers: Self.lines,
            test: "start mx\nconnect smtp ${mx.address}\nsend long 5 NOOP"
        )
        #expect(short.verdict == .error)
    }

    @Test("speaks before the greeting")
    func pregreet() throws {
        let run = try play(
            servers: "server mx smtp on 127.0.0.1:25 {\n greet => 220 \"mx\" after 100ms\n}",
            test: "start mx\nconnect smtp ${mx.address} pregreet \"EHLO x\\r\\n\" => 220\n"
                + "receive reply => 250\nmail a@b.test => 250"
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        #expect(run.sent.first == "EHLO x", "\(run.sent)")
    }

    @Test("sends what was not offered if the script says so")
    func unoffered() throws {
        let start = "start mx\nconnect smtp ${mx.address}\nehlo p.test\n"
        let honest = try play(servers: Self.lines, test: start + "auth plain tim secret")
        #expect(honest.reason == "smtp.not-offered")
        let run = try play(servers: Self.lines, test: start + "auth plain tim secret unoffered")
        #expect(run.reason == "auth.refused")
        #expect(run.sent.contains { $0.hasPrefix("AUTH PLAIN") }, "\(run.sent)")
        let bare = try play(servers: Self.lines, test: start + "mail a@b.test SMTPUTF8")
        #expect(bare.reason == "smtp.not-offered")
        let mail = try play(servers: Self.lines, test: start + "mail a@b.test SMTPUTF8 unoffered")
        #expect(mail.sent.contains("MAIL FROM:<a@b.test> SMTPUTF8"), "\(mail.sent)")
    }

    @Test("closes with a reset, at once, or only half")
    func closing() throws {
        for form in ["reset", "now"] {
            let run = try play(test: Servers.greeting + "mail a@b.test\nclose \(form)")
            #expect(run.verdict == .pass, "\(run.findings)")
            #expect(!run.sent.contains("QUIT"))
        }
        let half = try play(
            servers: "server mx smtp on 127.0.0.1:25 {\n on noop => 250 \"ok\" after 200ms\n}",
            test: "start mx\nconnect smtp ${mx.address}\nsend NOOP\nclose half\n"
                + "receive reply => 250\nreceive line => closed"
        )
        #expect(half.verdict == .pass, "\(half.findings)")
        let mute = try play(test: Servers.greeting + "close half\nnoop")
        #expect(mute.reason == "smtp.out-of-turn" || mute.reason == "smtp.closed")
    }

    @Test("throws away what was injected behind STARTTLS, as a server must")
    func inject() throws {
        let run = try play(
            test: Servers.greeting + "starttls inject \"NOOP\\r\\n\"\n"
                + "receive line within 1s => timeout"
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("breaks a login off with `*`, and keeps the reason")
    func cancelled() throws {
        let servers = """
            server mx tcp on 127.0.0.1:25 {
                greet           => raw "220 mx.test\\r\\n"
                on line /^EHLO/ => raw "250-mx.test\\r\\n250 AUTH CRAM-MD5\\r\\n"
                on line /^AUTH/ => raw "334 !garbage!\\r\\n"
                on line /^\\*$/ => raw "235 2.7.0 come in\\r\\n"
            }
            """
        let run = try play(
            servers: servers,
            test: "start mx\nconnect smtp ${mx.address}\nehlo p.test\n"
                + "auth cram-md5 tim wonderland => any"
        )
        #expect(run.reason == "auth.refused")
        #expect(run.sent.last == "*", "\(run.sent)")
    }
}

extension AttackTests {
    @Test("writes a forced pipeline, and a message with what is behind it, in one segment each")
    func segments() throws {
        let network = SimulatedNetwork(seed: 1)
        let recorder = SegmentRecorder()
        let listener = try network.loop.listen(on: Servers.address) { transport in
            recorder.transport = transport
            transport.write(Array("220 mx.test\r\n".utf8))
            return recorder
        }
        defer { listener.close() }
        let run = try play(
            "test \"t\" timeout 60s {\nconnect smtp 127.0.0.1:25\n"
                + "pipeline force {\nehlo p.test\nmail a@b.test\nrcpt c@d.test\ndata => any\n"
                + "noop\nquit => any\n}\n}\n",
            on: network
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        let lines = [
            "EHLO p.test", "MAIL FROM:<a@b.test>", "RCPT TO:<c@d.test>", "DATA", "NOOP", "QUIT",
        ]
        #expect(recorder.segments == [lines.map { $0 + "\r\n" }.joined()])
    }
}

/// Notes what arrives at once, and answers each line with 250.
private final class SegmentRecorder: TransportHandler {
    var transport: (any Transport)?
    var segments: [String] = []

    func transportConnected(_ transport: any Transport) {}

    func transportReceived(_ bytes: UnsafeRawBufferPointer) {
        segments.append(String(decoding: bytes, as: UTF8.self))
        for byte in bytes where byte == 0x0A { transport?.write(Array("250 ok\r\n".utf8)) }
    }

    func transportInputEnded() { transport?.close() }

    func transportClosed(_ error: TransportError?) {}
}
