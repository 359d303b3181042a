import ParleyVerbs
import ParleyWire
import Testing

@Suite struct LMTPClientTests {
    private func lmtp(_ name: String, _ words: String...) throws -> VerbCall {
        let spec = try #require(Protocols.registry["lmtp"]?.verb(name))
        return VerbCall(
            spec,
            arguments: words.enumerated().map {
                VerbArgument(
                    slot: min($0.offset, max(spec.slots.count - 1, 0)),
                    bytes: bytes($0.element)
                )
            }
        )
    }

    private func step(_ client: SMTPClient, _ call: VerbCall, _ answer: String) throws {
        _ = try client.begin(call, isEncrypted: false)
        feed(client, answer)
        _ = try client.resume(try #require(try client.nextReply()))
    }

    private func feed(_ client: SMTPClient, _ wire: String) {
        bytes(wire).withUnsafeBytes { client.receive($0) }
    }

    private func ready(_ recipients: String...) throws -> SMTPClient {
        let client = SMTPClient(defaultName: "probe.test", isLMTP: true)
        client.greeted(try reply("220 mx.test LMTP\r\n"))
        try step(client, lmtp("lhlo"), "250-mx.test\r\n250-PIPELINING\r\n250 CHUNKING\r\n")
        guard !recipients.isEmpty else { return client }
        try step(client, lmtp("mail", "a@b.test"), "250 ok\r\n")
        for path in recipients {
            try step(client, lmtp("rcpt", path), path.hasPrefix("no") ? "550 no\r\n" : "250 ok\r\n")
        }
        return client
    }

    @Test func `LHLO says who we are, and EHLO is not there`() throws {
        let client = SMTPClient(defaultName: "probe.test", isLMTP: true)
        client.greeted(try reply("220 mx.test LMTP\r\n"))
        let early = #expect(throws: WireError.self) {
            try client.begin(lmtp("mail", "a@b.test"), isEncrypted: false)
        }
        #expect(early?.detail == "MAIL: LHLO comes first")
        #expect(try client.begin(lmtp("lhlo"), isEncrypted: false).sent == "LHLO probe.test\r\n")
        #expect(Protocols.registry["lmtp"]?.verb("ehlo") == nil)
        #expect(Protocols.registry["lmtp"]?.instead["ehlo"] == "lhlo")
    }

    // RFC 2033 §4.2.
    @Test func `a message is answered once for each recipient that was accepted`() throws {
        let client = try ready("<one@d.test>", "nobody@d.test", "two@d.test")
        try step(client, lmtp("data"), "354 go\r\n")
        feed(client, "250 2.1.5 stored\r\n452 4.2")
        #expect(try client.nextReply() == nil)
        #expect(text(client.heldBytes) == "250 2.1.5 stored\r\n452 4.2")
        feed(client, ".2 full\r\n")
        let whole = try #require(try client.nextReply())
        #expect(whole.code == 452)
        #expect(whole.replies.map(\.reply.code) == [250, 452])
        #expect(whole.replies.map { $0.recipient.map(text) } == ["one@d.test", "two@d.test"])
        #expect(text(whole.received) == "250 2.1.5 stored\r\n452 4.2.2 full\r\n")
        #expect(text(whole.raw) == "452 4.2.2 full\r\n")
        client.received(whole)
        #expect(client.state == "ready")
        #expect(client.heldBytes.isEmpty)
    }

    @Test func `so is the last chunk, and no other one`() throws {
        let client = try ready("one@d.test", "two@d.test")
        try step(client, lmtp("bdat", "a"), "250 ok\r\n")
        var last = try lmtp("bdat", "b")
        last.clauses["last"] = VerbArgument(slot: 0, bytes: [])
        _ = try client.begin(last, isEncrypted: false)
        feed(client, "250 one\r\n")
        #expect(try client.nextReply() == nil)
        feed(client, "250 two\r\n")
        let whole = try #require(try client.nextReply())
        #expect(whole.replies.count == 2)
        _ = try client.resume(whole)
        #expect(client.state == "ready")
    }

    @Test func `a pipeline gives each command its replies`() throws {
        let client = try ready()
        var last = try lmtp("bdat", "b")
        last.clauses["last"] = VerbArgument(slot: 0, bytes: [])
        _ = try client.beginPipeline(
            [
                lmtp("mail", "a@b.test"), lmtp("rcpt", "one@d.test"), lmtp("rcpt", "no@d.test"),
                lmtp("rcpt", "two@d.test"), last, lmtp("rset"),
            ],
            forced: false,
            isEncrypted: false
        )
        feed(client, "250 a\r\n250 b\r\n550 c\r\n250 d\r\n250 e\r\n450 f\r\n250 g\r\n")
        var codes: [[Int]] = []
        for index in 0..<6 {
            let reply = try #require(try client.nextReply())
            try client.resumePipelined(reply, at: index)
            codes.append(reply.replies.map(\.reply.code))
        }
        #expect(codes == [[250], [250], [550], [250], [250, 450], [250]])
        #expect(try client.nextReply() == nil)
    }

    @Test func `a command that was not understood is answered once`() throws {
        let client = try ready("one@d.test", "two@d.test")
        var last = try lmtp("bdat", "b")
        last.clauses["last"] = VerbArgument(slot: 0, bytes: [])
        _ = try client.begin(last, isEncrypted: false)
        feed(client, "503 5.5.1 out of sequence\r\n")
        #expect(try client.nextReply()?.code == 503)
    }

    @Test func `behind a 421 no reply is owing`() throws {
        let client = try ready("one@d.test", "two@d.test", "three@d.test")
        try step(client, lmtp("data"), "354 go\r\n")
        feed(client, "550 no\r\n421 bye\r\n")
        let whole = try #require(try client.nextReply())
        #expect(whole.code == 421)
        #expect(whole.replies.map(\.reply.code) == [550, 421])
        client.received(whole)
        #expect(client.state == "closed")
    }

    @Test func `PRDR answers for each recipient behind a 353`() throws {
        let client = try client([(call("ehlo"), "250-mx\r\n250 PRDR\r\n")])
        try step(client, call("mail", "a@b.test", "PRDR"), "250 ok\r\n")
        try step(client, call("rcpt", "one@d.test"), "250 ok\r\n")
        try step(client, call("rcpt", "two@d.test"), "250 ok\r\n")
        try step(client, call("data"), "354 go\r\n")
        feed(client, "353 analysing\r\n250 yes\r\n550 no\r\n")
        #expect(try client.nextReply() == nil)
        feed(client, "250 queued\r\n")
        let whole = try #require(try client.nextReply())
        #expect(text(whole.raw) == "250 queued\r\n")
        #expect(whole.replies.map { $0.recipient.map(text) } == ["one@d.test", "two@d.test"])
        #expect(whole.judged.map(\.reply.code) == [250, 550, 250])
    }

    @Test func `without its 353, PRDR is answered as ever`() throws {
        let client = try client([(call("ehlo"), "250-mx\r\n250 PRDR\r\n")])
        try step(client, call("mail", "a@b.test", "PRDR"), "250 ok\r\n")
        try step(client, call("rcpt", "one@d.test"), "250 ok\r\n")
        try step(client, call("data"), "354 go\r\n")
        feed(client, "250 queued\r\n")
        let whole = try #require(try client.nextReply())
        #expect(whole.series.isEmpty && whole.replies.count == 1)
        #expect(whole.replies.first?.recipient == nil)
    }

    /// Sends octets as they are, then takes the replies to them.
    private func raw(_ client: SMTPClient, _ wire: String, _ answers: String) throws -> [Reply] {
        client.sentRaw(bytes(wire))
        feed(client, answers)
        var replies: [Reply] = []
        while client.bufferedBytes > 0, let reply = try client.nextReply() {
            client.received(reply)
            replies.append(reply)
        }
        return replies
    }

    @Test func `the last chunk by hand is answered for each recipient, whatever it holds`() throws {
        for pieces in [["BDAT 7 LAST\r\na\nb\r\nc\n"], ["bdat 7 last\r\n", "a\nb\r\n", "c\n"]] {
            let client = try ready("one@d.test", "two@d.test")
            for piece in pieces.dropLast() { client.sentRaw(bytes(piece)) }
            let replies = try raw(client, pieces.last ?? "", "250 2.0.0 ok\r\n452 4.2.2 full\r\n")
            #expect(replies.count == 1)
            #expect(replies.first?.code == 452)
            #expect(
                replies.first?.replies.map { $0.recipient.map(text) }
                    == ["one@d.test", "two@d.test"]
            )
            #expect(client.state == "ready" && !client.owesReply)
        }
    }

    @Test func `a whole transaction by hand is understood`() throws {
        let client = try ready()
        let replies = try raw(
            client,
            "MAIL FROM:<a@b.test>\r\nRCPT TO:<one@d.test>\r\nRCPT TO: <two@d.test> X=Y\r\n"
                + "RCPT TO:<no@d.test>\r\nBDAT 3\r\nab\nBDAT 0 LAST\r\n",
            "250 ok\r\n250 ok\r\n250 ok\r\n550 no\r\n250 3 octets\r\n250 first\r\n250 second\r\n"
        )
        #expect(replies.map(\.code) == [250, 250, 250, 550, 250, 250])
        #expect(
            replies.last?.replies.map { $0.recipient.map(text) } == ["one@d.test", "two@d.test"]
        )
        #expect(client.state == "ready" && !client.owesReply)
    }

    @Test func `a chunk that is refused at once does not swallow the next line`() throws {
        let client = try ready("one@d.test")
        #expect(try raw(client, "BDAT 100 LAST\r\n", "503 5.5.1 no\r\n").map(\.code) == [503])
        #expect(try raw(client, "RSET\r\n", "250 ok\r\n").map(\.code) == [250])
        #expect(client.state == "ready")
    }

    @Test(arguments: [
        "BDAT", "BDAT x LAST", "BDAT -1 LAST", "BDAT 99999999999999999999 LAST", "RCPT",
    ])
    func `a line that makes no sense is only a line`(_ line: String) throws {
        let client = try ready()
        #expect(try raw(client, line + "\r\n", "501 5.5.4 what?\r\n").map(\.code) == [501])
        #expect(!client.owesReply)
    }
}
