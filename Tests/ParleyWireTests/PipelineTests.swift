import ParleyVerbs
import ParleyWire
import Testing

@Suite struct PipelineTests {
    private func ready(_ offer: String = "PIPELINING") throws -> SMTPClient {
        try client([(call("ehlo"), "250-mx\r\n250-AUTH PLAIN LOGIN\r\n250 \(offer)\r\n")])
    }

    private func reason(_ client: SMTPClient, _ calls: [VerbCall], forced: Bool = false) -> String?
    {
        do {
            _ = try client.beginPipeline(calls, forced: forced, isEncrypted: false)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test func `a group goes out in one piece and each reply finds its verb`() throws {
        let client = try ready()
        let calls = try [
            call("mail", "a@b"), call("rcpt", "c@d"), call("rcpt", "e@f"), call("data"),
        ]
        let outgoing = try client.beginPipeline(calls, forced: false, isEncrypted: false)
        #expect(
            text(outgoing.bytes)
                == "MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\nDATA\r\n"
        )
        #expect(client.farewell() == nil)
        let wire = "250 ok\r\n550 no\r\n250 ok\r\n354 go\r\n"
        bytes(wire).withUnsafeBytes { client.receive($0) }
        for (index, state) in ["mail", "mail", "recipient", "data"].enumerated() {
            let reply = try #require(try client.nextReply())
            _ = try client.resumePipelined(reply, at: index)
            #expect(client.state == state)
        }
    }

    @Test func `it is offered or forced`() throws {
        let calls = try [call("mail", "a@b"), call("rcpt", "c@d")]
        #expect(reason(try ready("DSN"), calls) == "smtp.not-offered")
        #expect(reason(try ready("DSN"), calls, forced: true) == nil)
        #expect(reason(try ready(), calls) == nil)
    }

    @Test(arguments: ["ehlo", "data", "starttls", "vrfy", "noop", "quit"])
    func `what must come last comes last`(verb: String) throws {
        let word = try verb == "vrfy" ? call(verb, "x") : call(verb)
        let calls = try [word, call("mail", "a@b")]
        #expect(reason(try ready(), calls) == "smtp.out-of-turn")
        #expect(reason(try ready(), calls, forced: true) == nil)
    }

    @Test func `each verb is in turn if those before it succeed`() throws {
        #expect(reason(try ready(), try [call("rcpt", "a@b")]) == "smtp.out-of-turn")
        let twice = try [
            call("mail", "a@b"), call("rset"), call("mail", "a@b"), call("rcpt", "a@b"),
        ]
        #expect(reason(try ready(), twice) == nil)
        #expect(reason(try ready(), Array(twice.dropFirst(3))) == "smtp.out-of-turn")
    }

    @Test func `a login at the end goes on`() throws {
        let client = try ready()
        client.isLoopback = true
        let calls = try [call("rset"), call("auth", "login", "tim", "tanstaaf")]
        _ = try client.beginPipeline(calls, forced: false, isEncrypted: false)
        _ = try client.resumePipelined(try reply("250 ok\r\n"), at: 0)
        #expect(try client.resumePipelined(try reply("334 \r\n"), at: 1).sent == "dGlt\r\n")
        #expect(try client.resumePipelined(try reply("334 \r\n"), at: 1).sent == "dGFuc3RhYWY=\r\n")
        #expect(try client.resumePipelined(try reply("235 ok\r\n"), at: 1).judged?.code == 235)
        #expect(client.isAuthenticated)
        #expect(client.farewell() != nil)
    }

    @Test func `an answer to EHLO within a forced group has no enhanced code`() throws {
        let client = try ready()
        let calls = try [call("ehlo"), call("noop")]
        _ = try client.beginPipeline(calls, forced: true, isEncrypted: false)
        bytes("250 2.0.0 x\r\n250 2.0.0 y\r\n").withUnsafeBytes { client.receive($0) }
        #expect(try client.nextReply()?.enhanced == nil)
        #expect(try client.nextReply()?.enhanced != nil)
    }
}
