import ParleyVerbs
import ParleyWire
import Testing

@Suite struct IMAPConversationTests {
    @Test func `a login goes challenge by challenge`() throws {
        let talk = try IMAPTalk("* OK [CAPABILITY AUTH=PLAIN AUTH=CRAM-MD5] x\r\n")
        let (sent, reply) = try talk.run(
            "auth",
            "cram-md5",
            "tim",
            "tanstaaftanstaaf",
            answers: "+ PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+\r\n",
            "A1 OK in\r\n"
        )
        // The example of RFC 2195 §2.
        #expect(
            sent == "A1 AUTHENTICATE CRAM-MD5\r\n"
                + "dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw\r\n"
        )
        #expect(reply.isPositive && talk.client.isAuthenticated)
    }

    @Test func `with SASL-IR the first answer goes out at once, without it after a challenge`()
        throws
    {
        let plain = "AGEAYg=="
        let ready = try IMAPTalk("* OK [CAPABILITY SASL-IR AUTH=PLAIN] x\r\n")
        let begun = try ready.begin(try imapCall("auth", ["plain", "a", "b"]))
        #expect(text(begun.bytes) == "A1 AUTHENTICATE PLAIN \(plain)\r\n")
        #expect(begun.secretRanges.count == 1)
        let (sent, _) = try IMAPTalk().run(
            "auth",
            "plain",
            "a",
            "b",
            answers: "+ \r\n",
            "A1 OK in\r\n"
        )
        #expect(sent == "A1 AUTHENTICATE PLAIN\r\n\(plain)\r\n")
        let empty = try IMAPTalk("* OK [CAPABILITY SASL-IR AUTH=EXTERNAL] x\r\n")
        let external = try empty.begin(try imapCall("auth", ["external"]))
        #expect(text(external.bytes) == "A1 AUTHENTICATE EXTERNAL =\r\n")
    }

    @Test func `a login that cannot go on is cancelled and ends the session`() throws {
        let talk = try IMAPTalk("* OK [CAPABILITY AUTH=SCRAM-SHA-256] x\r\n")
        _ = try talk.begin(try imapCall("auth", ["scram-sha-256", "user", "pencil"]))
        _ = try talk.goOn("+ \r\n")
        #expect(throws: WireError.self) { try talk.goOn("+ !!\r\n") }
        #expect(talk.client.state == "closed")
        #expect(talk.client.farewell() == bytes("*\r\n"))
    }

    @Test func `a server that says OK too early is found out`() throws {
        let talk = try IMAPTalk("* OK [CAPABILITY AUTH=SCRAM-SHA-256] x\r\n")
        _ = try talk.begin(try imapCall("auth", ["scram-sha-256", "user", "pencil"]))
        #expect(throws: WireError.self) { try talk.goOn("A1 OK welcome\r\n") }
        #expect(!talk.client.isAuthenticated)
    }

    @Test func `IDLE ends with DONE when there is news`() throws {
        let talk = try IMAPTalk.loggedIn("IMAP4rev1 IDLE")
        #expect(text(try talk.begin(try imapCall("idle", [])).bytes) == "A1 IDLE\r\n")
        let reply = try #require(try talk.reply("+ idling\r\n"))
        guard case .wait = try talk.client.resume(reply) else {
            Issue.record("IDLE does not wait")
            return
        }
        #expect(talk.client.state == "idle")
        #expect(try talk.reply("* OK still here\r\n") == nil)
        #expect(talk.client.prompt(isTimeUp: false) == nil)
        #expect(try talk.reply("* 4 EXISTS\r\n") == nil)
        #expect(text(talk.client.takeNews()) == "* OK still here\r\n* 4 EXISTS\r\n")
        #expect(talk.client.takeNews().isEmpty)
        #expect(talk.client.prompt(isTimeUp: false).map { text($0.bytes) } == "DONE\r\n")
        #expect(talk.client.prompt(isTimeUp: true) == nil)
        let last = try #require(try talk.reply("* 1 RECENT\r\nA1 OK done\r\n"))
        #expect(last.lines == ["OK still here", "4 EXISTS", "1 RECENT", "done"])
        #expect(text(last.received) == "* 1 RECENT\r\nA1 OK done\r\n")
        #expect(try talk.client.resume(last).judged == last)
        #expect(talk.client.state == "authenticated")
    }

    @Test func `IDLE ends with DONE when its time is up, but not before it began`() throws {
        let talk = try IMAPTalk.loggedIn("IMAP4rev1 IDLE")
        _ = try talk.begin(try imapCall("idle", []))
        #expect(talk.client.prompt(isTimeUp: true) == nil)
        _ = try talk.client.resume(try #require(try talk.reply("+\r\n")))
        #expect(talk.client.prompt(isTimeUp: true).map { text($0.bytes) } == "DONE\r\n")
    }

    @Test func `data may come at any time and is no reply`() throws {
        let talk = try IMAPTalk.selected()
        talk.hear("* 4 EXI")
        #expect(try talk.client.nextUnsolicited() == nil && !talk.client.holdsReply)
        talk.hear("STS\r\n* 2 EXPUNGE\r\n")
        #expect(try talk.client.nextUnsolicited()?.bytes == bytes("* 4 EXISTS\r\n"))
        #expect(try talk.client.nextUnsolicited()?.farewell == nil)
        #expect(try talk.client.nextUnsolicited() == nil)
        talk.hear("* BYE idle for too long\r\n")
        #expect(try talk.client.nextUnsolicited()?.farewell?.isFarewell == true)
        #expect(talk.client.state == "closed" && talk.client.farewell() == nil)
    }

    @Test(arguments: ["A9 OK what\r\n", "+ more\r\n"])
    func `a reply that nobody asked for is held against the server`(wire: String) throws {
        let idle = try IMAPTalk.selected()
        idle.hear(wire)
        #expect(try idle.client.nextUnsolicited() == nil && idle.client.holdsReply)
        let busy = try IMAPTalk.selected()
        _ = try busy.begin(try imapCall("noop", []))
        busy.hear(wire)
        for _ in 1...2 {
            #expect(throws: WireError.self) { try busy.client.nextReply() }
        }
    }

    @Test func `BYE takes the place of an answer, but not of LOGOUT's`() throws {
        let talk = try IMAPTalk.selected()
        let (_, reply) = try talk.run("noop", answers: "* 1 EXISTS\r\n* BYE shutting down\r\n")
        #expect(reply.isFarewell && reply.statusText == "shutting down")
        #expect(talk.client.state == "closed")
        let polite = try IMAPTalk.selected()
        let (_, last) = try polite.run("logout", answers: "* BYE bye\r\nA2 OK out\r\n")
        #expect(last.lines == ["BYE bye", "out"] && polite.client.state == "closed")
        #expect(polite.client.farewell() == nil)
        #expect(try IMAPTalk.selected().client.farewell() == bytes("A2 LOGOUT\r\n"))
    }

    @Test func `raw commands are known by their tags`() throws {
        let talk = try IMAPTalk()
        talk.client.sentRaw(bytes("x1 LOGIN a b\r\n"))
        #expect(imapReason(talk.client, try imapCall("noop", [])) == "smtp.out-of-turn")
        #expect(talk.client.farewell() == nil)
        let reply = try #require(try talk.reply("x1 OK in\r\n"))
        talk.client.received(reply)
        #expect(talk.client.isAuthenticated)
        talk.client.sentRaw(bytes("x2 SELECT INBOX\r\n"))
        talk.hear("* 1 EXISTS\r\nx2 OK open\r\n")
        #expect(try talk.client.nextLine()?.text == "* 1 EXISTS")
        #expect(try talk.client.nextLine()?.text == "x2 OK open")
        #expect(talk.client.state == "selected")
        #expect(imapReason(talk.client, try imapCall("noop", [])) == nil)
    }

    @Test func `the rest of a raw command is no command`() throws {
        let talk = try IMAPTalk()
        talk.client.sentRaw(bytes("x3 LOGIN {6}\r\n"))
        talk.client.received(try #require(try talk.reply("+ OK\r\n")))
        talk.client.sentRaw(bytes("reader wrong\r\n"))
        talk.client.received(try #require(try talk.reply("x3 NO no\r\n")))
        #expect(imapReason(talk.client, try imapCall("noop", [])) == nil)
    }

    @Test func `the octets of a dialogue mean the same wherever they are split`() throws {
        let wire = bytes("* 2 EXISTS\r\n* 1 FETCH (BODY[] {4}\r\nA1 x)\r\nA2 OK [X] done\r\n")
        for cut in 0...wire.count {
            let talk = try IMAPTalk.selected()
            _ = try talk.begin(try imapCall("fetch", ["1", "body[]"]))
            wire[..<cut].withUnsafeBytes { talk.client.receive($0) }
            let early = try talk.client.nextReply()
            wire[cut...].withUnsafeBytes { talk.client.receive($0) }
            let reply = try #require(try early ?? talk.client.nextReply())
            #expect(reply.raw == wire && reply.lineCount == 3 && reply.responseCode == "X")
            #expect(reply.lines[1] == "1 FETCH (BODY[] {4}\r\nA1 x)")
        }
    }

    @Test func `whatever a server says, the client neither breaks nor grows without bound`() throws
    {
        var seed: UInt64 = 7
        func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        let pieces = [
            "* ", "+ ", "A2 ", "OK ", "NO ", "BAD ", "BYE ", "[CAPABILITY ", "AUTH=", "]", "LIST ",
            "() ", "\"/\" ", "\"", "{3}", "{999999}", "\r\n", "\n", "\r", "\0", "&-", "\u{1B}", " ",
            "EXISTS", "ENABLED UTF8=ACCEPT", "1 FETCH (", ")", "=",
        ]
        for _ in 1...3000 {
            let talk = try IMAPTalk.selected("IMAP4rev1 IDLE")
            _ = try talk.begin(try imapCall(["noop", "idle", "list"][next(3)], []))
            for _ in 0...next(30) { talk.hear(pieces[next(pieces.count)]) }
            while let reply = try? talk.client.nextReply() {
                _ = (reply.lines, reply.text, reply.responseCode, reply.wireLines)
                guard case .wait? = try? talk.client.resume(reply) else { break }
            }
            _ = (talk.client.takeNews(), talk.client.prompt(isTimeUp: true), talk.client.mailboxes)
            _ = (try? talk.client.nextUnsolicited(), talk.client.farewell(), talk.client.heldBytes)
            _ = talk.client.capabilities?.all
        }
        let flood = try IMAPTalk.selected(limits: WireLimits(literal: 1000))
        _ = try flood.begin(try imapCall("noop", []))
        let line = "* 1 EXISTS\r\n"
        #expect(throws: WireError.self) {
            for _ in 1...20_000 {
                flood.hear(line)
                _ = try flood.client.nextReply()
            }
        }
    }
}
