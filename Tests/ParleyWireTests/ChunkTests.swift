import ParleyVerbs
import ParleyWire
import Testing

@Suite struct ChunkTests {
    private static let offer =
        "250-mx\r\n250-PIPELINING\r\n250-BINARYMIME\r\n250-8BITMIME\r\n"
        + "250 CHUNKING\r\n"

    private func open(_ parameters: String...) throws -> SMTPClient {
        let client = try client([(call("ehlo"), Self.offer)])
        var mail = try call("mail", "a@b.test")
        mail.arguments += parameters.map { VerbArgument(slot: 1, bytes: bytes($0)) }
        try step(client, mail, "250 ok\r\n")
        try step(client, call("rcpt", "c@d.test"), "250 ok\r\n")
        return client
    }

    private func chunk(_ text: String?, size: Int? = nil, _ clauses: String...) throws -> VerbCall {
        let spec = try #require(Protocols.registry["smtp"]?.verb("bdat"))
        var call = VerbCall(spec)
        if let text { call.arguments = [VerbArgument(slot: 0, bytes: bytes(text))] }
        for clause in clauses { call.clauses[clause] = VerbArgument(slot: 0, bytes: []) }
        if let size { call.clauses["size"] = VerbArgument(slot: 0, bytes: bytes("\(size)")) }
        return call
    }

    @Test(arguments: [
        ("a\nb\r\nc\rd", "BDAT 10\r\na\r\nb\r\nc\r\nd"), ("", "BDAT 0\r\n"),
        ("\r\r\n", "BDAT 4\r\n\r\n\r\n"), (".\r\n", "BDAT 3\r\n.\r\n"),
    ])
    func `a chunk is counted, with CRLF at the end of each line`(text: String, wire: String) throws
    {
        #expect(try open().begin(chunk(text), isEncrypted: false).sent == wire)
    }

    @Test func `a raw chunk goes out as it is, and the last one says so`() throws {
        #expect(
            try open().begin(chunk("a\nb\0", size: nil, "raw", "last"), isEncrypted: false).sent
                == "BDAT 4 LAST\r\na\nb\0"
        )
        #expect(
            try open().begin(chunk(nil, size: nil, "last"), isEncrypted: false).sent
                == "BDAT 0 LAST\r\n"
        )
    }

    @Test(arguments: [0, 1, 2, 3, 79, 80, 81, 82, 160, 1000])
    func `a size is as many octets of lines`(size: Int) throws {
        let sent = try #require(
            try open().begin(chunk(nil, size: size), isEncrypted: false).outgoing
        ).bytes
        let head = bytes("BDAT \(size)\r\n")
        #expect(sent.count == head.count + size)
        let lines = text(Array(sent.dropFirst(head.count))).split(
            separator: "\r\n",
            omittingEmptySubsequences: false
        )
        #expect(lines.allSatisfy { $0.utf8.count <= 78 })
        #expect(lines.allSatisfy { !$0.utf8.contains(0x0D) && !$0.utf8.contains(0x0A) })
    }

    @Test func `a size beyond the limit is not generated`() throws {
        #expect(try reason(open(), chunk(nil, size: 1 << 30)) == "script.verb")
        #expect(try reason(open(), chunk(nil, size: -1)) == "script.verb")
    }

    @Test func `chunks follow RCPT and end with the last one`() throws {
        let client = try open()
        try step(client, chunk("a"), "250 ok\r\n")
        #expect(client.state == "chunks")
        #expect(try reason(client, call("data")) == "smtp.out-of-turn")
        #expect(try reason(client, call("rcpt", "x@y.test")) == "smtp.out-of-turn")
        #expect(try reason(client, call("mail", "x@y.test")) == "smtp.out-of-turn")
        try step(client, chunk("b", size: nil, "last"), "250 queued\r\n")
        #expect(client.state == "ready")
        #expect(try reason(client, chunk("c")) == "smtp.out-of-turn")
    }

    // RFC 3030 §2.
    @Test func `behind a refused chunk comes RSET`() throws {
        let client = try open()
        try step(client, chunk("a"), "552 5.3.4 too large\r\n")
        #expect(try reason(client, chunk("b")) == "smtp.out-of-turn")
        try step(client, call("rset"), "250 ok\r\n")
        #expect(client.state == "ready")
        let last = try open()
        try step(last, chunk("a", size: nil, "last"), "550 no\r\n")
        #expect(last.state == "ready")
    }

    // RFC 3030 §3.
    @Test func `what is binary is sent by BDAT`() throws {
        #expect(try reason(open("BODY=BINARYMIME"), call("data")) == "smtp.out-of-turn")
        #expect(try reason(open("BODY=BINARYMIME"), chunk("a")) == nil)
        #expect(try reason(open("BODY=8BITMIME"), call("data")) == nil)
    }

    // RFC 3030 §3: the keyword BINARYMIME suffices.
    @Test func `what is binary needs no 8BITMIME`() throws {
        let offer = "250-mx\r\n250-CHUNKING\r\n250 BINARYMIME\r\n"
        let client = try client([(call("ehlo"), offer)])
        func mail(_ parameter: String) throws -> VerbCall {
            var mail = try call("mail", "a@b.test")
            mail.arguments.append(VerbArgument(slot: 1, bytes: bytes(parameter)))
            return mail
        }
        #expect(try reason(client, mail("BODY=8BITMIME")) == "smtp.not-offered")
        #expect(try reason(client, mail("BODY=BINARYMIME")) == nil)
    }

    @Test func `chunks may be pipelined with the rest of a transaction`() throws {
        let client = try client([(call("ehlo"), Self.offer)])
        let outgoing = try client.beginPipeline(
            [
                call("mail", "a@b.test"), call("rcpt", "c@d.test"), chunk("one\n"),
                chunk("two\n", size: nil, "last"), call("rset"),
            ],
            forced: false,
            isEncrypted: false
        )
        #expect(
            text(outgoing.bytes) == "MAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\n"
                + "BDAT 5\r\none\r\nBDAT 5 LAST\r\ntwo\r\nRSET\r\n"
        )
        for index in 0..<5 { try client.resumePipelined(reply("250 ok\r\n"), at: index) }
        #expect(client.state == "ready")
    }

    @Test func `a secret chunk is marked`() throws {
        var secret = try chunk("hush\n", size: nil, "last")
        secret.arguments[0].isSecret = true
        let client = try open()
        let error = #expect(throws: WireError.self) { try client.begin(secret, isEncrypted: false) }
        #expect(error?.reason == "auth.clear")
        let outgoing = try client.begin(secret, isEncrypted: true).outgoing
        #expect(outgoing?.secretRanges == [13..<19])
    }
}
