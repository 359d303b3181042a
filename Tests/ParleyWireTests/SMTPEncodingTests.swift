import ParleyVerbs
import ParleyWire
import Testing

@Suite struct SMTPEncodingTests {
    private func sent(_ call: VerbCall) throws -> String? {
        try client().begin(call, isEncrypted: false).sent
    }

    @Test(arguments: [
        (["a@b"], "MAIL FROM:<a@b>\r\n"),
        (["<a@b>"], "MAIL FROM:<a@b>\r\n"),
        (["<>"], "MAIL FROM:<>\r\n"),
        ([""], "MAIL FROM:<>\r\n"),
        (["\"q s\"@b"], "MAIL FROM:<\"q s\"@b>\r\n"),
        (["\"q > \\\" s\"@b"], "MAIL FROM:<\"q > \\\" s\"@b>\r\n"),
        (["a@b", "SIZE=10", "BODY=8BITMIME"], "MAIL FROM:<a@b> SIZE=10 BODY=8BITMIME\r\n"),
    ])
    func `a path goes out in exactly one pair of brackets`(words: [String], line: String) throws {
        var mail = try call("mail", admitsRefusal: true)
        mail.arguments = words.enumerated().map {
            VerbArgument(slot: min($0.offset, 1), bytes: bytes($0.element))
        }
        #expect(try sent(mail) == line)
    }

    @Test func `a postmaster needs no domain`() throws {
        let rcpt = try call("rcpt", "postmaster", "NOTIFY=NEVER", admitsRefusal: true)
        #expect(try sent(rcpt) == "RCPT TO:<postmaster> NOTIFY=NEVER\r\n")
    }

    @Test(arguments: [
        "a@b> SIZE=1", "a@b c", "<a@b><c@d>", "\"open@b", "a\tb@c", "a@b\r\nRSET", "\0",
    ])
    func `a value cannot smuggle in more than a path`(word: String) throws {
        let error = #expect(throws: WireError.self) {
            try sent(call("rcpt", word, admitsRefusal: true))
        }
        #expect(error?.reason == "script.verb")
    }

    @Test func `other words pass as written`() throws {
        #expect(try sent(call("ehlo", "[127.0.0.1]")) == "EHLO [127.0.0.1]\r\n")
        #expect(try sent(call("helo")) == "HELO probe.test\r\n")
        #expect(try sent(call("noop", "a", "b  c")) == "NOOP a b  c\r\n")
        #expect(try sent(call("vrfy", "x\\y=/é")) == "VRFY x\\y=/é\r\n")
        #expect(try sent(call("rset")) == "RSET\r\n")
        #expect(throws: WireError.self) { try sent(call("noop", "a\nb")) }
        #expect(throws: WireError.self) { try sent(call("mail", admitsRefusal: true)) }
    }

    @Test func `a secret in any verb is marked, and does not travel in clear`() throws {
        var noop = try call("noop", "token", "s3cret")
        noop.arguments[1].isSecret = true
        let plain = try client()
        let error = #expect(throws: WireError.self) { try plain.begin(noop, isEncrypted: false) }
        #expect(error?.reason == "auth.clear")
        let outgoing = try plain.begin(noop, isEncrypted: true).outgoing
        #expect(outgoing?.secretRanges == [11..<17])
    }
}
