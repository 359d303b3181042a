import ParleyEngine
import ParleyMachine
import ParleyTesting
import Testing

@Suite("Lock-step")
struct LockStepTests {
    private static let chatty = """
        server mx smtp on 127.0.0.1:25 {
            on ehlo => 250 "mx" offers [PIPELINING]
            on noop => raw "250 ok\\r\\n250 and another thing\\r\\n"
            on rset => 250 "late" after 200ms
        }
        """

    @Test("fails at the next command when something nobody asked for has come")
    func unsolicited() throws {
        let run = try play(servers: Self.chatty, test: Servers.greeting + "noop\nmail a@b.test")
        #expect(run.reason == "smtp.reply.unsolicited")
        #expect(run.stage == "MAIL")
        #expect(run.message == "before MAIL the server sent something that nobody had asked for")
        #expect(!run.sent.contains { $0.hasPrefix("MAIL") })
    }

    @Test("fails at the first command when the greeting brings replies in advance")
    func inAdvance() throws {
        let run = try play(
            servers:
                "server mx smtp on 127.0.0.1:25 {\n greet => raw \"220 a\\r\\n250 b\\r\\n\"\n}",
            test: Servers.greeting
        )
        #expect(run.reason == "smtp.reply.unsolicited")
        #expect(run.stage == "EHLO")
        #expect(!run.sent.contains { $0.hasPrefix("EHLO") })
    }

    @Test("says no farewell to a server that has said too much")
    func noFarewell() throws {
        let run = try play(servers: Self.chatty, test: Servers.greeting + "noop")
        #expect(run.verdict == .pass)
        #expect(!run.sent.contains("QUIT"))
    }

    @Test("lets only send, receive and close follow what `send` leaves owing")
    func owing() throws {
        let hasty = try play(test: Servers.greeting + "send NOOP\nmail a@b.test")
        #expect(hasty.reason == "smtp.out-of-turn")
        #expect(hasty.stage == "MAIL")
        #expect(!hasty.sent.contains { $0.hasPrefix("MAIL") })
        let read = try play(
            test: Servers.greeting + "send NOOP\nreceive reply => 250\nmail a@b.test => 250"
        )
        #expect(read.verdict == .pass, "\(read.findings)")
        let judged = try play(test: Servers.greeting + "send XYZZY => 5xx\nnoop")
        #expect(judged.verdict == .pass, "\(judged.findings)")
    }

    @Test("reads one reply per command that `send` sent")
    func owingTwice() throws {
        let run = try play(
            test: Servers.greeting + """
                send raw "NOOP\\r\\nRSET\\r\\n"
                receive reply => 250
                receive reply => 250
                mail a@b.test => 250
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("takes leave with QUIT when nothing is owing")
    func farewell() throws {
        let run = try play(
            test: Servers.greeting + """
                mail a@probe.test
                close
                pause 2s
                expect mx.log count quit == 1
                expect "C QUIT" in mx.log.lines
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        #expect(run.sent.last == "QUIT")
    }

    @Test("takes no leave while a reply is owing or a message is open")
    func rude() throws {
        let owing = try play(
            servers: Self.chatty,
            test: Servers.greeting + "send RSET\nclose\npause 2s\nexpect mx.log count quit == 0"
        )
        #expect(owing.verdict == .pass, "\(owing.findings)")
        let open = try play(
            test: Servers.greeting + """
                mail a@probe.test
                rcpt b@mx.test
                data
                send Hello
                close
                pause 2s
                expect mx.log count quit == 0
                expect mx.log count body == 0
                """
        )
        #expect(open.verdict == .pass, "\(open.findings)")
        #expect(!open.sent.contains("QUIT"))
        #expect(!open.sent.contains("."), "a message that was not finished is not delivered")
    }

    @Test("does not wait for a farewell, and gives up on it")
    func stalledFarewell() throws {
        let run = try play(
            servers: "server mx smtp on 127.0.0.1:25 {\n on quit => stall\n}",
            test: Servers.greeting
        )
        #expect(run.verdict == .pass)
        #expect(run.seconds < 0.5)
        #expect(run.summary.took < 2_000_000_000)
    }

    // MARK: - Pipelines

    @Test("is left by a pipeline, whose replies are all read and judged")
    func pipeline() throws {
        let run = try play(
            test: Servers.greeting + """
                pipeline {
                    mail a@probe.test    => 250
                    rcpt nobody@mx.test  => 550 5.1.1 as unknown
                    rcpt one@mx.test     => 250
                    data                 => 354
                }
                expect unknown.enhanced == 5.1.1
                send .                   => 250
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        let sends = run.events.count { event in
            if case .sent(session: _, let octets) = event.kind {
                String(decoding: octets, as: UTF8.self).contains("MAIL FROM")
            } else {
                false
            }
        }
        #expect(sends == 1, "all of it goes out at once")
    }

    @Test("in a pipeline raises the first failure once all replies are read")
    func pipelineFailure() throws {
        let run = try play(
            test: Servers.greeting + """
                pipeline {
                    mail a@probe.test
                    rcpt nobody@mx.test => 250
                    rcpt grey@mx.test   => 250
                    rcpt one@mx.test
                }
                """
        )
        #expect(run.failures.map(\.message) == ["RCPT: expected 250, got 550 5.1.1 User unknown"])
        #expect(run.sent.last == "QUIT")
    }

    @Test("never sends a dot behind an unwanted 354")
    func unwantedData() throws {
        let run = try play(
            test: Servers.greeting + """
                pipeline {
                    mail a@probe.test
                    rcpt nobody@mx.test => 250
                    data                => any
                }
                """
        )
        #expect(run.verdict == .fail)
        #expect(run.reason == "smtp.reply")
        #expect(!run.sent.contains(".") && !run.sent.contains("QUIT"))
    }

    @Test("is kept where pipelining was not offered, unless forced")
    func pipelineNotOffered() throws {
        let servers = "server mx smtp on 127.0.0.1:25 {\n on ehlo => 250 \"mx\"\n}"
        let refused = try play(
            servers: servers,
            test: Servers.greeting + "pipeline {\n mail a@b.test\n rcpt c@d.test\n}"
        )
        #expect(refused.reason == "smtp.not-offered")
        #expect(!refused.sent.contains { $0.hasPrefix("MAIL") })
        let forced = try play(
            servers: servers,
            test: Servers.greeting + "pipeline force {\n mail a@b.test\n rcpt c@d.test\n}"
        )
        #expect(forced.verdict == .pass, "\(forced.findings)")
    }

    @Test("in a pipeline names the verb whose reply never came")
    func pipelineClosed() throws {
        for (rule, reason) in [("drop", "smtp.closed"), ("reset", "net.reset")] {
            let run = try play(
                servers: """
                    server mx smtp on 127.0.0.1:25 {
                        on ehlo => 250 "mx" offers [PIPELINING]
                        on rcpt => \(rule)
                    }
                    """,
                test: Servers.greeting + "pipeline {\n mail a@b.test\n rcpt c@d.test\n data\n}"
            )
            #expect(run.reason == reason)
            #expect(run.stage == "RCPT")
        }
        let stalled = try play(
            servers: """
                server mx smtp on 127.0.0.1:25 {
                    on ehlo => 250 "mx" offers [PIPELINING]
                    on rcpt => stall
                }
                """,
            test: Servers.greeting
                + "step \"s\" within 3s {\n pipeline {\n mail a@b.test\n rcpt c@d.test\n }\n}"
        )
        #expect(stalled.stage == "RCPT")
        #expect(stalled.reason == "time.block", "\(stalled.findings)")
    }
}
