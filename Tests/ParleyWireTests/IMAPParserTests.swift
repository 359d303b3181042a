import ParleyWire
import Testing

@Suite struct IMAPParserTests {
    /// The sample session of RFC 9051 §8, as the server says it.
    static let sample = """
        * OK [CAPABILITY STARTTLS AUTH=SCRAM-SHA-256 LOGINDISABLED IMAP4rev2] IMAP4rev2 Service Ready
        a000 OK Begin TLS negotiation now
        a001 OK LOGIN completed
        * 18 EXISTS
        * FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)
        * OK [UIDVALIDITY 3857529045] UIDs valid
        * LIST () "/" INBOX ("OLDNAME" ("inbox"))
        a002 OK [READ-WRITE] SELECT completed
        * 12 FETCH (FLAGS (\\Seen) INTERNALDATE "17-Jul-1996 02:44:25 -0700" RFC822.SIZE 4286)
        a003 OK FETCH completed
        * 12 FETCH (BODY[HEADER] {41}
        Date: Wed, 17 Jul 1996 02:23:25 -0700

        )
        a004 OK FETCH completed
        * 12 FETCH (FLAGS (\\Seen \\Deleted))
        a005 OK +FLAGS completed
        * BYE IMAP4rev2 server terminating connection
        a006 OK LOGOUT completed

        """.replacing("\n", with: "\r\n")

    static let others = [
        "+ go ahead\r\n", "+\r\n", "* LIST () \"/\" {5}\r\nA\r\nBC\r\n",
        "* 1 FETCH (BODY[1] {0}\r\n BODY[2] {5}\r\n{9}\r\n)\r\n",
        "* OK what looks like a literal {5}\r\nA1 BAD and here {7}\r\n",
        "* NO \u{1B}[31m\r\n", "* 2 EXISTS\n", "A1 ok fine\r\n", "* XDATA ~{2+}\r\nab end\r\n",
    ]

    private static func read(
        _ chunks: [ArraySlice<UInt8>],
        limits: WireLimits = WireLimits()
    ) -> (responses: [IMAPResponse], reason: String?, pending: Int) {
        var parser = IMAPParser(limits: limits)
        var responses: [IMAPResponse] = []
        for chunk in chunks {
            chunk.withUnsafeBytes { parser.append($0) }
            do {
                while let response = try parser.next() { responses.append(response) }
            } catch {
                return (responses, error.reason, 0)
            }
        }
        return (responses, nil, parser.pending.count)
    }

    @Test func `the sample session of RFC 9051 has its responses`() {
        let wire = bytes(Self.sample)
        let (responses, reason, pending) = Self.read([wire[...]])
        #expect(reason == nil && pending == 0)
        #expect(responses.count == 16)
        #expect(responses.flatMap(\.raw) == wire)
        let tags = responses.compactMap { response -> String? in
            if case .tagged(let tag) = response.kind { text(tag) } else { nil }
        }
        #expect(tags == ["a000", "a001", "a002", "a003", "a004", "a005", "a006"])
        #expect(text(responses[10].raw).hasSuffix("-0700\r\n\r\n)\r\n"))
    }

    @Test(arguments: [sample] + others)
    func `the responses are the same wherever the octets are split`(wire: String) {
        let wire = bytes(wire)
        let whole = Self.read([wire[...]])
        #expect(whole.reason == nil && whole.pending == 0)
        #expect(Self.read(wire.indices.map { wire[$0...$0] }).responses == whole.responses)
        for cut in wire.indices {
            let split = Self.read([wire[..<cut], wire[cut...]])
            #expect(split.responses == whole.responses, "cut at \(cut)")
            #expect(split.reason == nil && split.pending == 0, "cut at \(cut)")
        }
    }

    @Test func `whatever an octet is changed to, nothing is made up and nothing breaks`() {
        let wire = bytes(Self.sample + Self.others.joined())
        let strange: [UInt8] = [0x00, 0x0A, 0x0D, 0x20, 0x22, 0x2A, 0x2B, 0x39, 0x7B, 0x7D, 0xFF]
        for place in wire.indices {
            for octet in strange {
                var changed = wire
                changed[place] = octet
                let (responses, reason, pending) = Self.read([changed[...]])
                let read = responses.flatMap(\.raw)
                #expect(changed.starts(with: read))
                if reason == nil { #expect(read.count + pending == changed.count) }
            }
        }
    }

    @Test(arguments: [
        ("HTTP/1.1 400 Bad Request\r\n", "smtp.reply.malformed"),
        ("220 mx.test ESMTP\r\n", "smtp.reply.malformed"),
        ("+OK POP3 ready\r\n", "smtp.reply.malformed"),
        ("*\r\n", "smtp.reply.malformed"),
        ("*  OK\r\n", "smtp.reply.malformed"),
        ("\r\n", "smtp.reply.malformed"),
        ("A1 PREAUTH x\r\n", "smtp.reply.malformed"),
        ("A1 BYE x\r\n", "smtp.reply.malformed"),
        ("A1\r\n", "smtp.reply.malformed"),
        ("A(1 OK x\r\n", "smtp.reply.malformed"),
        ("* 1 FETCH (BODY[] {1048577}\r\n", "limit.literal"),
        ("* 1 FETCH (BODY[] {99999999999999999999999999}\r\n", "limit.literal"),
        ("* 1 FETCH (BODY[] {9223372036854775807}\r\n", "limit.literal"),
    ])
    func `what is no response is refused`(wire: String, reason: String) {
        #expect(Self.read([bytes(wire)[...]]).reason == reason)
    }

    @Test func `a line, a literal and what gathers have limits`() {
        let line = bytes("* OK " + String(repeating: "x", count: 9000))
        #expect(Self.read([line[...]]).reason == "limit.line")
        let small = WireLimits(literal: 10)
        #expect(Self.read([bytes("* X {11}\r\n")[...]], limits: small).reason == "limit.literal")
        #expect(Self.read([bytes("* X {10}\r\n")[...]], limits: small).reason == nil)
        // Empty literals without end make one response that never ends.
        let endless = Array(repeatElement(bytes("* X {0}\r\n"), count: 200_000).joined())
        let chunks = stride(from: 0, to: endless.count, by: 65_536).map {
            endless[$0..<min($0 + 65_536, endless.count)]
        }
        #expect(Self.read(chunks).reason == "limit.reply")
        let zeros = "* X {" + String(repeating: "0", count: 500) + "3}\r\nabc\r\n"
        #expect(Self.read([bytes(zeros)[...]]).responses.count == 1)
    }

    @Test func `a parser that gave up stays that way until it is emptied`() throws {
        var parser = IMAPParser()
        bytes("junk\r\n* 1 EXISTS\r\n").withUnsafeBytes { parser.append($0) }
        for _ in 1...2 { #expect(throws: WireError.self) { try parser.next() } }
        parser.removeAll()
        bytes("* 1 EXISTS\r\n").withUnsafeBytes { parser.append($0) }
        #expect(try parser.next() != nil)
    }
}
