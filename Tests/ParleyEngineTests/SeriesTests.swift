import ParleyEngine
import ParleyMachine
import Testing

@Suite("Several replies to one message")
struct SeriesTests {
    private static let servers = """
        server mx smtp on 127.0.0.1:25 {
            on ehlo => 250 "mx" offers [PRDR, PIPELINING]
            on body => raw "353 one by one\\r\\n250 yes\\r\\n452 4.2.2 full\\r\\n250 queued\\r\\n"
        }
        """

    private static let message =
        Servers.greeting + """
            mail a@b.test PRDR
            rcpt anna@mx.test
            rcpt bert@mx.test
            data
            send "Hello."

            """

    @Test("are judged one by one, and the first wrong one is told with its recipient")
    func judged() throws {
        let run = try play(servers: Self.servers, test: Self.message + "send . => 250")
        #expect(run.reason == "smtp.reply")
        #expect(
            run.message
                == "send: expected 250 for each recipient, got 452 4.2.2 full for <bert@mx.test>"
        )
        #expect(run.notes.contains("1 of 3 replies to the message are not as expected"))
    }

    @Test("are values, each with its recipient")
    func values() throws {
        let run = try play(
            servers: Self.servers,
            test: Self.message + """
                send . => 250 or 4.2.2 as r
                require r.code == 250
                require r.replies.count == 2
                require r.replies[0].recipient default "" == "anna@mx.test"
                require r.replies[1].code == 452
                require r.recipient == none
                noop as plain
                require plain.replies.count == 1
                require transcript contains "353 one by one"
                require transcript contains "452 4.2.2 full"
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("that do not all come are a timeout which shows those that came")
    func missing() throws {
        let servers = Self.servers.replacing("250 queued\\r\\n", with: "")
        let run = try play(servers: servers, test: Self.message + "send . => any within 2s")
        #expect(run.reason == "smtp.reply.timeout", "\(run.findings)")
    }

    @Test("cannot be softened into silence")
    func softened() throws {
        let run = try play(
            servers: Self.servers,
            test: Self.message + "send . => 250 else warn\nnoop"
        )
        #expect(run.verdict == .warn)
        #expect(run.findings.first?.message.contains("<bert@mx.test>") == true)
    }
}
