import ParleyEngine
import ParleyMachine
import ParleyTLS
import ParleyTesting
import Testing

@Suite("The faults of a scripted server")
struct ServerFaultTests {
    private func run(_ rules: String, _ statements: String) throws -> Outcome {
        try play(
            servers: "server mx smtp on 127.0.0.1:auto name mx.test {\n\(rules)\n}",
            test: "start mx\nconnect tcp ${mx.address}\nreceive line\n" + statements
        )
    }

    @Test("cut a reply, and what follows the cut")
    func cut() throws {
        let run = try run(
            """
            on noop => 250 "0123456789" cut 6B drop
            """,
            """
            send NOOP
            receive bytes 6 as got
            expect got == "250 01"
            receive line => closed
            """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        let reset = try self.run(
            "on noop => 250 \"0123456789\" cut 6B reset",
            "send NOOP\nreceive line"
        )
        #expect(reset.reason == "net.reset")
    }

    @Test("end lines with other octets, and send what is no text")
    func endings() throws {
        let run = try run(
            """
            on noop first => 250 "a" "b" ending "\\n"
            on noop nth 2 => 250 "a" ending "\\r"
            on noop       => raw "250 \\0\\xff\\r\\n"
            """,
            """
            send NOOP
            receive bytes 12 as bare
            expect bare == "250-a\\n250 b\\n"
            send NOOP
            receive bytes 6 as cr
            expect cr == "250 a\\r"
            send NOOP
            receive bytes 8 as odd
            """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("close one half and go on reading")
    func halfClose() throws {
        let run = try run(
            "on noop => 250 \"bye\" half-close",
            """
            send NOOP
            receive line as bye
            expect bye == "250 bye"
            receive line => closed
            """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("come in pieces, however small")
    func split() throws {
        let run = try run(
            "on noop => 250 \"0123456789\" split 1B\non rset => 250 \"x\" dribble 2B every 1s drop",
            """
            send NOOP
            receive line as whole
            expect whole == "250 0123456789"
            send RSET
            receive line as dripped
            expect dripped == "250 x"
            receive line => closed
            """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("make it as slow as it is told")
    func pace() throws {
        let slow = try run(
            "latency 2s",
            "send NOOP\nreceive line\nsend RSET\nreceive line"
        )
        #expect(slow.verdict == .pass, "\(slow.findings)")
        #expect(slow.seconds > 6 && slow.seconds < 7)
        let narrow = try run(
            "bandwidth 1KB/s\non noop => raw \"x\" repeat 10238 raw \"\\r\\n\"",
            "send NOOP\nreceive bytes 10240 within 30s"
        )
        #expect(narrow.verdict == .pass, "\(narrow.findings)")
        #expect(narrow.seconds > 9 && narrow.seconds < 12)
    }

    @Test("bound what a client can send in a second")
    func upload() throws {
        let run = try run(
            "bandwidth 1KB/s\non body => 250 \"got it\"",
            """
            send DATA
            receive line
            repeat 10 {
                send raw "${join(range(0, 300), "")}\\r\\n"
            }
            send .
            receive line within 50s as done
            expect done == "250 got it"
            """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        #expect(run.seconds > 7)
    }

    @Test("let no answer out before all that it answers can have come in")
    func oneLargeWrite() throws {
        for ending in ["250 \"got it\"", "drop"] {
            let run = try play(
                servers: "server mx smtp on 127.0.0.1:auto bandwidth 10KB/s {\n"
                    + "on bdat => \(ending)\n}",
                test: """
                    start mx
                    connect smtp ${mx.address}
                    ehlo probe.test
                    mail a@b.test
                    rcpt c@d.test
                    bdat 50KB last unoffered within 30s => 250 or closed
                    """
            )
            #expect(run.verdict == .pass, "\(run.findings)")
            #expect(run.seconds > 5 && run.seconds < 6, "\(ending)")
        }
    }

    @Test(
        "break off a handshake with octets of their own",
        arguments: [
            ("alert internal_error drop", [21, 3, 3, 0, 2, 2, 80]),
            ("raw \"gar\" after 1s raw \"bage\" half-close", Array("garbage".utf8)),
        ] as [(String, [UInt8])]
    )
    func brokenHandshake(actions: String, last: [UInt8]) throws {
        let client = try TLSEngine(
            client: TLSClientContext(
                TLSClientOptions(trust: .pem(ThrowawayAuthority(commonName: "x").certificatePEM))
            ),
            serverName: nil,
            verifyName: nil,
            verification: .none
        )
        client.start()
        let hello = client.takeOutput().map { octet in
            let digits = String(octet, radix: 16)
            return "\\x" + (octet < 16 ? "0" : "") + digits
        }
        let run = try play(
            servers: "server mx smtps on 127.0.0.1:auto {\non tls => cut 20B \(actions)\n}",
            test: """
                start mx
                connect tcp ${mx.address}
                send raw "\(hello.joined())"
                receive bytes 27 within 5s
                receive line within 5s => closed
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        let received = run.events.flatMap { event -> [UInt8] in
            if case .received(_, let octets) = event.kind { octets } else { [] }
        }
        #expect(received.count == 27)
        #expect(received.starts(with: [22, 3, 3]))
        #expect(Array(received.suffix(7)) == last)
    }
}
