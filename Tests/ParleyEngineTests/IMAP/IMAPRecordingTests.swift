import ParleyEngine
import ParleyMachine
import ParleyTesting
import Testing

/// Sessions of IMAP as recordings: what they heard from a server is heard again without it.
@Suite struct IMAPRecordingTests {
    /// A run with a server that the script knows nothing of, and the run of its recording on a
    /// network where nobody listens.
    private struct Both {
        var first: Outcome
        var again: Outcome
        var recording: String

        init(
            _ rules: String,
            as protocolName: String = "imap",
            script: String,
            secrets: [String: String] = [:]
        ) throws {
            let network = SimulatedNetwork(seed: 1)
            let serving = try compile(
                """
                server box \(protocolName) on 127.0.0.1:143 name box.test {
                \(rules)
                }

                test "serve" timeout 1h {
                    start box
                    pause 50m
                }
                """
            )
            let sink = RecordingSink()
            let server = Runner(network: network, sink: sink, options: RunOptions())
            Task(executorPreference: LoopExecutor(network.loop)) {
                _ = await server.run([serving])
            }
            network.run { sink.events.contains(where: Self.isServerStarted) }
            let recorder = Recorder()
            var options = RunOptions()
            options.recorder = recorder
            options.environment = secrets
            first = try play(script, on: network, options: options)
            server.interrupt()
            network.run { sink.events.contains(where: Self.isEnd) }
            recording =
                "replay\n"
                + recorder.servers(of: "t.parley", isSingle: true).joined(separator: "\n")
                + "\n" + recorder.scrub(script)
            again = try play(recording)
        }

        init(_ rules: String, as protocolName: String = "imap", _ statements: String) throws {
            let port = protocolName == "imap" ? "" : " verify none"
            try self.init(
                rules,
                as: protocolName,
                script: """
                    test "t" {
                        connect \(protocolName) 127.0.0.1:143\(port)
                    \(statements)
                    }
                    """
            )
        }

        /// What servers said, but for what asks for more: there may be other challenges, and with
        /// other passwords other literals.
        var received: ([UInt8], [UInt8]) { (Self.octets(first), Self.octets(again)) }

        private static func octets(_ outcome: Outcome) -> [UInt8] {
            outcome.events.flatMap { event -> [UInt8] in
                switch event.kind {
                case .received(_, let octets) where octets.first != 0x2B: octets
                case .unsolicited(_, let octets): octets
                default: []
                }
            }
        }

        private static func isServerStarted(_ event: RunEvent) -> Bool {
            if case .serverStarted = event.kind { true } else { false }
        }

        private static func isEnd(_ event: RunEvent) -> Bool {
            if case .runFinished = event.kind { true } else { false }
        }

        /// Whether both came to the same, by the same words.
        ///
        /// - Parameter exactly: whether by the same octets; a literal that held a secret is longer.
        func agree(
            _ what: String,
            exactly: Bool = true,
            location: SourceLocation = #_sourceLocation
        ) {
            let shown = "\(what)\n\(again.findings)\n\(recording)"
            #expect(first.verdict == again.verdict, "\(shown)", sourceLocation: location)
            #expect(
                first.failures.map(\.reason) == again.failures.map(\.reason),
                "\(shown)",
                sourceLocation: location
            )
            let (one, two) = received
            #expect(!exactly || one == two, "\(shown)", sourceLocation: location)
        }
    }

    private static let big = "Subject: x\\r\\n\\r\\n" + String(repeating: "z", count: 3000)

    @Test(arguments: [
        ("", "capability\nnoop\nlogout"),
        ("", "login reader sesame\nselect INBOX as r\nexpect r.lines.count == 5\nlogout"),
        (
            "on select => untagged \"2 EXISTS\" OK [READ-WRITE] \"done\"",
            "login reader sesame\nselect INBOX => OK [READ-WRITE] matching /2 EXISTS/\nlogout"
        ),
        (
            "on fetch => raw \"* 1 FETCH (BODY[] {25}\\r\\nA4 OK x\\r\\n* 2 EXISTS\\r\\n)\\r\\n"
                + ")\\r\\n\" OK",
            "login reader sesame\nselect INBOX\nfetch 1 => OK matching /A4 OK x/\nlogout"
        ),
        ("", "login reader sesame\nappend INBOX \"\(big)\"\nnoop\nlogout"),
        (
            "greet => OK offers [IMAP4rev1]\non login => OK offers [IMAP4rev1]",
            "login reader sesame\nappend INBOX \"\(big)\"\nappend INBOX \"żółć\"\nnoop\nlogout"
        ),
        (
            "greet => OK offers [IMAP4rev1]\non literal /^append/ nth 2 => NO [TOOBIG] \"no\"",
            "login r s\nappend INBOX \"\(big)\" => OK\nappend INBOX \"\(big)\" => NO\nnoop\nlogout"
        ),
        (
            "on idle => untagged \"3 EXISTS\" after 2s",
            "login reader sesame\nidle within 10s => OK matching /3 EXISTS/\nnoop\nlogout"
        ),
        ("", "login reader sesame\nidle within 1s => OK\nidle within 1s => OK\nnoop\nlogout"),
        (
            "on noop => OK \"done\" untagged \"9 EXISTS\"",
            "login a b\nnoop => OK as first\nexpect first.lines.count == 1\n"
                + "noop => OK as second\nexpect second.lines.count == 1\nlogout"
        ),
        (
            "",
            "expect offers STARTTLS\nstarttls verify none => OK\ncapability => OK\n"
                + "expect not offers STARTTLS\nlogin a b => OK\nlogout"
        ),
        ("greet => PREAUTH \"welcome\"", "expect state == \"authenticated\"\nselect INBOX\nlogout"),
        ("user reader sesame", "login reader wrong => NO\nlogin reader sesame\nlogout"),
        ("user reader sesame", "login reader wrong"),
        ("user reader sesame", "auth plain reader wrong => NO\nauth plain reader sesame\nlogout"),
        ("on auth => BAD \"not that\"", "auth scram-sha-256 a b => BAD\nnoop\nlogout"),
        ("on auth => NO [CANNOT] \"not that\"", "auth scram-sha-256 a b => NO\nnoop\nlogout"),
        (
            "",
            "send \"x1 AUTHENTICATE PLAIN\" => +\nsend \"*\" => BAD\nsend \"x2 NOOP\" => OK\nlogout"
        ),
        (
            "on auth => challenge \"riddle\"\non response => BAD \"wrong\"",
            "send \"x1 AUTHENTICATE X-RIDDLE\" => +\nsend \"YW5zd2Vy\" => BAD\nlogout"
        ),
        (
            "on line first => raw \"+ more\\r\\n\"\non line nth 2 => raw \"x1 OK got it\\r\\n\"",
            "send \"x1 XFOO\" => +\nsend \"more\" => OK matching /got it/\nnoop\nlogout"
        ),
        (
            "on noop first => raw \"x2 OK early\\r\\n\" raw \"x1 OK late\\r\\n\"\n"
                + "on noop nth 2 => raw \"\"",
            "send raw \"x1 NOOP\\r\\nx2 NOOP\\r\\n\"\nreceive line => matching /^x2 OK early/\n"
                + "receive line => matching /^x1 OK late/\nsend \"x3 CAPABILITY\" => OK"
        ),
    ])
    func `a dialogue is heard again`(_ rules: String, _ statements: String) throws {
        let both = try Both(rules, statements)
        both.agree(statements)
        let isRefused = statements.hasSuffix("wrong")
        #expect(both.first.verdict == (isRefused ? .fail : .pass), "\(both.first.findings)")
    }

    @Test(arguments: [
        ("greet => BYE \"too many connections\"", ""),
        ("greet => raw \"220 mx.test ESMTP\\r\\n\"", ""),
        ("greet => stall", ""),
        ("greet => drop", ""),
        ("on noop => BYE \"down\"", "noop"),
        ("on noop => OK \"x\" untagged \"BYE gone\"", "noop\nnoop"),
        ("on noop => drop", "noop"),
        ("on noop => reset", "noop"),
        ("on noop => raw \"A9 OK what\\r\\n\"", "noop"),
        ("on noop => raw \"+ more\\r\\n\"", "noop"),
        ("on noop => raw \"250 Fine\\r\\n\"", "noop\nnoop"),
        ("on noop => raw \"* X {9999999}\\r\\n\"", "noop"),
        ("on noop => raw \"* X {4000000000}\\r\\n\"", "noop"),
        ("on noop => stall", "noop within 2s"),
        ("on select => raw \"* 1 EXISTS\\r\\n\" repeat 20000 OK", "login a b\nselect INBOX"),
        ("on status => untagged \"STATUS INBOX (MESSAGES 1\" cut 20B drop", "login a b\nstatus x"),
        ("on delete => OK \"\\x1b[31m ${run.id} done\"", "login a b\ndelete x\nlogout"),
        ("on noop => raw \"a1 ok fine\\n\"", "noop"),
        ("on noop => raw \"A1 ok fine\\n\"", "noop\nlogout"),
        ("on noop => raw \"* X \\xff\\x00\\r\\nA1 OK \\xff\\r\\n\"", "noop => any\nlogout"),
        ("on starttls => raw \"A1 OK go\\r\\n* 1 EXISTS\\r\\n\"", "starttls verify none"),
        ("on starttls => NO \"not now\"", "starttls"),
        ("on tls => alert handshake_failure", "starttls"),
        ("on tls => drop", "starttls"), ("on tls => raw \"220 hello\\r\\n\"", "starttls"),
        ("on literal => drop\ngreet => OK offers [IMAP4rev1]", "login a b\nappend x \"ż\""),
        ("on idle => untagged \"3 EXISTS\" drop", "login a b\nidle within 5s"),
    ])
    func `what a server does wrong, it does again`(_ rules: String, _ statements: String) throws {
        try Both(rules, statements).agree(statements)
    }

    @Test func `TLS from the first octet is there again`() throws {
        let both = try Both("", as: "imaps", "login reader sesame\nselect INBOX\nlogout")
        both.agree("imaps")
        #expect(both.first.verdict == .pass, "\(both.first.findings)")
    }

    @Test(arguments: [
        "plain", "login", "cram-md5", "digest-md5", "scram-sha-1", "scram-sha-256", "best",
    ])
    func `a login is accepted again, and its secret is nowhere`(_ mechanism: String) throws {
        let names = ["PLAIN", "DIGEST-MD5", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"]
        let offers = names.map { "AUTH=\($0)" }.joined(separator: ", ")
        let script = """
            secret pass = env PASS

            test "t" {
                connect imap 127.0.0.1:143
                auth \(mechanism) reader ${pass} => OK
                expect state == "authenticated"
                select INBOX => OK matching /EXISTS/
                fetch 1 => OK as got
                expect got.text contains pass
                append INBOX "pass: ${pass}"
                logout
            }
            """
        let both = try Both(
            """
                greet => OK offers [\(offers)]
                user reader hunter2-wonder
                on fetch => raw "* 1 FETCH (BODY[] {18}\\r\\n<hunter2-wonder>\\r\\n)\\r\\n" OK "hunter2-wonder"
            """,
            script: script,
            secrets: ["PASS": "hunter2-wonder"]
        )
        both.agree(mechanism, exactly: false)
        #expect(both.first.verdict == .pass, "\(both.first.findings)")
        for form in ["hunter2-wonder", "aHVudGVyMi13b25kZXI"] {
            #expect(!both.recording.contains(form), "\(both.recording)")
        }
    }

    @Test func `a login by hand leaves nothing behind`() throws {
        let both = try Both(
            "user reader hunter2-wonder\nuser two \"p\\\"w\\\\der\"",
            """
                send "x1 LOGIN {6}" => +
                send "reader {20}" => +
                send "no-such-password-2-3" => NO
                send "x2 LOGIN reader hunter2-wrong" => NO
                send "x3 LOGIN two \\"p\\\\\\"w\\\\\\\\der\\"" => OK
                send "x4 NOOP" => OK
            """
        )
        both.agree("by hand")
        #expect(both.first.verdict == .pass, "\(both.first.findings)")
        for form in ["no-such-password", "hunter2", "\\\"w\\"] {
            #expect(!both.recording.contains(form), "\(both.recording)")
        }
    }
}
