import ParleyVerbs
import ParleyWire
import Testing

@Suite struct SMTPClientTests {
    private static let offer =
        "250-mx.test\r\n250-PIPELINING\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS\r\n"

    private func ready() throws -> SMTPClient {
        try client([(call("ehlo"), Self.offer)])
    }

    @Test func `a whole dialogue passes through the states`() throws {
        let client = SMTPClient(defaultName: "probe.test")
        #expect(client.state == "connected")
        client.greeted(try reply("220 mx.test\r\n"))
        #expect(client.state == "greeted")
        #expect(try client.begin(call("ehlo"), isEncrypted: false).sent == "EHLO probe.test\r\n")
        #expect(try client.resume(try reply(Self.offer)).judged?.code == 250)
        #expect(client.state == "ready")
        #expect(client.capabilities?.offersStartTLS == true)
        #expect(
            try client.begin(call("mail", "a@b.test"), isEncrypted: false).sent
                == "MAIL FROM:<a@b.test>\r\n"
        )
        _ = try client.resume(try reply("250 ok\r\n"))
        #expect(client.state == "mail")
        try step(client, call("rcpt", "c@d.test"), "250 ok\r\n")
        #expect(client.state == "recipient")
        try step(client, call("data"), "354 go\r\n")
        #expect(client.state == "data")
        client.received(try reply("250 queued\r\n"))
        #expect(client.state == "ready")
        try step(client, call("quit"), "221 bye\r\n")
        #expect(client.state == "closed")
    }

    @Test func `refusals leave the state as it was`() throws {
        let client = try ready()
        try step(client, call("mail", "a@b"), "452 4.3.1 full\r\n")
        #expect(client.state == "ready")
        try step(client, call("mail", "a@b"), "250 ok\r\n")
        try step(client, call("rcpt", "c@d"), "550 5.1.1 no\r\n")
        #expect(client.state == "mail")
        try step(client, call("rcpt", "c@d"), "251 elsewhere\r\n")
        try step(client, call("rcpt", "e@f"), "450 later\r\n")
        #expect(client.state == "recipient")
        try step(client, call("data"), "554 no\r\n")
        #expect(client.state == "recipient")
        try step(client, call("quit"), "500 what?\r\n")
        #expect(client.state == "recipient")
        try step(client, call("rset"), "250 ok\r\n")
        #expect(client.state == "ready")
        try step(client, call("ehlo"), "550 no\r\n")
        #expect(client.state == "ready")
        #expect(client.capabilities?.offersPipelining == true)
    }

    @Test func `EHLO and HELO begin anew`() throws {
        let client = try ready()
        try step(client, call("mail", "a@b"), "250 ok\r\n")
        try step(client, call("helo", "me.test"), "250 mx\r\n")
        #expect(client.state == "ready")
        #expect(client.capabilities?.all.isEmpty == true)
    }

    @Test func `RSET before EHLO is no EHLO`() throws {
        let client = try client([(call("rset"), "250 ok\r\n")])
        #expect(client.state == "greeted")
    }

    @Test func `421 ends the session whatever it answers`() throws {
        let client = try ready()
        try step(client, call("noop"), "421 4.3.2 down\r\n")
        #expect(client.state == "closed")
        #expect(client.farewell() == nil)
        #expect(reason(client, try call("noop")) == "smtp.out-of-turn")
    }

    @Test func `a refused greeting leaves only QUIT`() throws {
        let client = SMTPClient(defaultName: "probe.test")
        client.greeted(try reply("554 5.7.1 blocked\r\n"))
        #expect(client.state == "refused")
        #expect(reason(client, try call("ehlo")) == "smtp.out-of-turn")
        #expect(client.farewell() == bytes("QUIT\r\n"))
    }

    @Test(arguments: [
        ("mail", "a@b"), ("rcpt", "a@b"), ("data", ""), ("starttls", ""), ("auth", "plain"),
    ])
    func `before EHLO little is in turn`(verb: String, word: String) throws {
        let client = try client()
        let bare = try word.isEmpty ? call(verb) : call(verb, word)
        #expect(reason(client, bare) == "smtp.out-of-turn")
        var admitting = bare
        admitting.admitsRefusal = true
        #expect(reason(client, admitting) == nil)
    }

    @Test func `verbs wait for their turn`() throws {
        let client = try ready()
        #expect(reason(client, try call("rcpt", "a@b")) == "smtp.out-of-turn")
        #expect(reason(client, try call("data")) == "smtp.out-of-turn")
        try step(client, call("mail", "a@b"), "250 ok\r\n")
        #expect(reason(client, try call("mail", "a@b")) == "smtp.out-of-turn")
        #expect(reason(client, try call("data")) == "smtp.out-of-turn")
        #expect(reason(client, try call("starttls")) == "smtp.out-of-turn")
        #expect(reason(client, try call("noop")) == nil)
    }

    @Test func `nothing at all is a verb before the greeting or within a message`() throws {
        let early = SMTPClient(defaultName: "x")
        #expect(reason(early, try call("ehlo", admitsRefusal: true)) == "smtp.out-of-turn")
        #expect(early.farewell() == nil)
        let client = try ready()
        try step(client, call("data", admitsRefusal: true), "354 really?\r\n")
        #expect(reason(client, try call("noop", admitsRefusal: true)) == "smtp.out-of-turn")
        #expect(client.farewell() == nil)
    }

    @Test func `STARTTLS is offered, agreed and forgets what was learnt`() throws {
        let plain = try client([(call("ehlo"), "250-mx\r\n250 DSN\r\n")])
        #expect(reason(plain, try call("starttls")) == "smtp.not-offered")
        #expect(reason(plain, try call("starttls", admitsRefusal: true)) == nil)

        let client = try ready()
        #expect(reason(client, try call("starttls"), isEncrypted: true) == "smtp.out-of-turn")
        #expect(try client.begin(call("starttls"), isEncrypted: false).sent == "STARTTLS\r\n")
        guard case .startTLS(let agreed) = try client.resume(try reply("220 go\r\n")) else {
            Issue.record("no handshake was asked for")
            return
        }
        #expect(agreed.code == 220)
        client.upgraded()
        #expect(client.state == "greeted")
        #expect(client.capabilities == nil)
        #expect(reason(client, try call("mail", "a@b"), isEncrypted: true) == "smtp.out-of-turn")
    }

    @Test func `a refused STARTTLS is judged like any reply`() throws {
        let client = try ready()
        _ = try client.begin(call("starttls"), isEncrypted: false)
        #expect(try client.resume(try reply("454 not now\r\n")).judged?.code == 454)
        #expect(client.state == "ready")
    }

    @Test func `under implicit TLS the greeting is still to come`() {
        let client = SMTPClient(defaultName: "x")
        client.upgraded()
        #expect(client.state == "connected")
    }

    @Test func `a positive greeting and EHLO have no enhanced code, a refusal may`() throws {
        let client = SMTPClient(defaultName: "x")
        func hear(_ wire: String) throws -> Reply {
            bytes(wire).withUnsafeBytes { client.receive($0) }
            return try #require(try client.nextReply())
        }
        #expect(try hear("220 2.0.0 host\r\n").enhanced == nil)
        #expect(try hear("554 5.7.1 blocked\r\n").enhanced?.description == "5.7.1")
        client.greeted(try reply("220 hi\r\n"))
        _ = try client.begin(call("ehlo"), isEncrypted: false)
        let answer = try hear("250-2.0.0 host\r\n250 DSN\r\n")
        #expect(answer.enhanced == nil)
        _ = try client.resume(answer)
        _ = try client.begin(call("noop"), isEncrypted: false)
        #expect(try hear("250 2.0.0 ok\r\n").enhanced?.description == "2.0.0")
    }

    @Test func `leave is taken only when nothing is owing`() throws {
        let client = try ready()
        _ = try client.begin(call("noop"), isEncrypted: false)
        #expect(client.farewell() == nil)
        #expect(reason(client, try call("noop")) == "smtp.out-of-turn")
        _ = try client.resume(try reply("250 ok\r\n"))
        bytes("250 more").withUnsafeBytes { client.receive($0) }
        #expect(client.farewell() == nil)
        #expect(text(client.heldBytes) == "250 more")
        client.dropInput()
        #expect(client.bufferedBytes == 0)
        #expect(client.farewell() == bytes("QUIT\r\n"))
        #expect(client.farewell() == nil)
    }

    @Test func `a verb whose reply came late still counts`() throws {
        let client = try ready()
        _ = try client.begin(call("mail", "a@b"), isEncrypted: false)
        client.received(try reply("250 at last\r\n"))
        #expect(client.state == "mail")
    }

    @Test func `raw lines change the session as verbs do`() throws {
        let client = try ready()
        client.sentRaw(bytes("mail from:<a@b>\r\nRCPT TO:<c@d>\r\nXYZZY\r\nDATA\r\nNOOP\r\n"))
        #expect(client.farewell() == nil)
        for (answer, state) in [("250", "mail"), ("250", "recipient"), ("500", "recipient")] {
            client.received(try reply("\(answer)\r\n"))
            #expect(client.state == state)
        }
        client.received(try reply("354 go\r\n"))
        #expect(client.state == "data")
        client.sentRaw(bytes("MAIL FROM:<content>\r\n.\r\n"))
        client.received(try reply("250 ok\r\n"))
        #expect(client.state == "ready")
        #expect(client.farewell() != nil)
    }

    @Test func `lines, bytes and searches take from the same input`() throws {
        let client = try ready()
        bytes("250-half\r\nline two\n12345rest END more").withUnsafeBytes { client.receive($0) }
        #expect(throws: WireError.self) { try client.nextReply() }
        #expect(try client.nextLine()?.text == "250-half")
        #expect(try client.nextLine() == RawLine.sample("line two", isBareLF: true))
        #expect(try client.nextBytes(5) == bytes("12345"))
        #expect(try client.nextBytes(500) == nil)
        let found = try client.nextBytes { held in
            held.indices.first { held[$0...].starts(with: "END".utf8) }.map { $0 + 3 }
        }
        #expect(found == bytes("rest END"))
        #expect(try client.nextLine() == nil)
        #expect(text(client.heldBytes) == " more")
        #expect(throws: WireError.self) { try client.nextBytes(100_000_000) }
    }

    @Test func `a reserved verb is not sent`() throws {
        let client = try ready()
        #expect(reason(client, try call("deliver", "1")) == "script.verb")
    }
}

extension RawLine {
    static func sample(_ text: String, isBareLF: Bool) throws -> RawLine? {
        var buffer = RawBuffer()
        Array((text + (isBareLF ? "\n" : "\r\n")).utf8).withUnsafeBytes { buffer.append($0) }
        return try buffer.takeLine(limit: 1000)
    }
}
