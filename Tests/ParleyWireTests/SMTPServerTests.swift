import ParleyWire
import Testing

@Suite struct SMTPServerTests {
    /// Feeds chunks; a DATA command begins a body.
    private func events(_ chunks: [ArraySlice<UInt8>]) throws -> [SMTPServerEvent] {
        var codec = SMTPServerCodec()
        var events: [SMTPServerEvent] = []
        for chunk in chunks {
            chunk.withUnsafeBytes { codec.append($0) }
            while let event = try codec.next() {
                events.append(event)
                if case .command(let command) = event, command.verb == "data" { codec.mode = .body }
                if case .command(let command) = event, command.verb == "auth" {
                    codec.mode = .authResponse
                }
            }
        }
        return events
    }

    static let fixtures: [[UInt8]] = [
        bytes("EHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nHi\r\n..dot\r\n.\r\nQUIT\r\n"),
        bytes("DATA\r\n.\r\nNOOP\r\n"),
        bytes("DATA\r\na\n.\nb\r.\r\n.x\r\n.\r\r\n..\r\n\r\n.\r\n.\r\n"),
        bytes("DATA\r\nendless\r\r\n.\r\nnoop\n"),
        bytes("AUTH LOGIN\r\ndGlt\r\nquit\r\n"),
        [0x00, 0xFF, 0x0A, 0x0D, 0x0A],
    ]

    @Test(arguments: fixtures)
    func `it is the same however the octets arrive`(fixture: [UInt8]) throws {
        let whole = try events([fixture[...]])
        #expect(!whole.isEmpty)
        #expect(try events(fixture.indices.map { fixture[$0...$0] }) == whole)
        for split in fixture.indices {
            #expect(try events([fixture[..<split], fixture[split...]]) == whole)
        }
    }

    @Test(arguments: 0..<30)
    func `noise in a body is split without a difference`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let alphabet = bytes("\r\n\r\n..x")
        for _ in 0..<50 {
            let noise = (0..<Int(random.next() % 60)).map { _ in
                alphabet[Int(random.next() % UInt64(alphabet.count))]
            }
            let fixture = bytes("DATA\r\n") + noise + bytes("\r\n.\r\n")
            let whole = try events([fixture[...]])
            #expect(try events(fixture.indices.map { fixture[$0...$0] }) == whole)
            #expect(whole.contains { if case .body = $0 { true } else { false } })
        }
    }

    @Test(arguments: [
        "BDAT 5\r\nhelloBDAT 0 LAST\r\nNOOP\r\n", "bdat 3 last\r\n\r\n.NOOP\r\n",
        "BDAT x\r\nNOOP\r\n",
        "BDAT 5 FIRST\r\nNOOP\r\n", "BDAT 99999999999999999999\r\nNOOP\r\n",
    ])
    func `a chunk has as many octets as its command says, however they arrive`(
        text: String
    ) throws {
        let fixture = bytes(text)
        let whole = try events([fixture[...]])
        guard case .command(let last)? = whole.last else {
            Issue.record("\(whole)")
            return
        }
        #expect(last.verb == "noop")
        #expect(try events(fixture.indices.map { fixture[$0...$0] }) == whole)
        for split in fixture.indices {
            #expect(try events([fixture[..<split], fixture[split...]]) == whole)
        }
    }

    @Test func `a chunk that is larger than what is kept is counted to its end`() throws {
        var codec = SMTPServerCodec(limits: WireLimits(buffer: 4096, body: 100))
        bytes("BDAT 100000 LAST\r\n").withUnsafeBytes { codec.append($0) }
        #expect(try codec.next() == nil)
        for _ in 0..<100 {
            [UInt8](repeating: 0x61, count: 999).withUnsafeBytes { codec.append($0) }
            #expect(try codec.next() == nil)
        }
        bytes(String(repeating: "b", count: 100) + "QUIT\r\n").withUnsafeBytes { codec.append($0) }
        guard case .chunk(let chunk)? = try codec.next() else {
            Issue.record("no chunk")
            return
        }
        #expect(chunk.size == 100_000)
        #expect(chunk.bytes.count == 100)
        guard case .command(let command)? = try codec.next() else {
            Issue.record("no command")
            return
        }
        #expect(command.verb == "quit")
    }

    @Test func `a body ends only at a dot between two CRLF, and loses its stuffing`() throws {
        let fixture = bytes("DATA\r\na\n.\n..b\r\n...c\r\n.d\r\n.\r\n")
        #expect(
            try events([fixture[...]]).last == .body(bytes("a\n.\n..b\r\n..c\r\nd\r\n"), size: 17)
        )
        let empty = bytes("DATA\r\n.\r\n")
        #expect(try events([empty[...]]).last == .body([], size: 0))
    }

    @Test func `a large body is counted but not kept`() throws {
        var codec = SMTPServerCodec(limits: WireLimits(body: 10))
        codec.mode = .body
        let chunk = [UInt8](repeating: 0x78, count: 60_000)
        for _ in 0..<100 {
            chunk.withUnsafeBytes { codec.append($0) }
            #expect(try codec.next() == nil)
            #expect(codec.bufferedBytes == 0)
        }
        bytes("\r\n.\r\n").withUnsafeBytes { codec.append($0) }
        #expect(try codec.next() == .body(Array(chunk.prefix(10)), size: 6_000_002))
    }

    @Test func `a line has its limit`() {
        var codec = SMTPServerCodec()
        [UInt8](repeating: 0x78, count: 20_000).withUnsafeBytes { codec.append($0) }
        let error = #expect(throws: WireError.self) { try codec.next() }
        #expect(error?.reason == "limit.line")
    }

    @Test func `raw octets come as they are`() throws {
        var codec = SMTPServerCodec()
        codec.mode = .raw
        bytes("a\r\nb").withUnsafeBytes { codec.append($0) }
        #expect(try codec.next() == .raw(bytes("a\r\nb")))
        #expect(try codec.next() == nil)
    }

    @Test(arguments: [
        ("RCPT TO:<grey@mx.test>", "rcpt", "grey@mx.test", []),
        ("rcpt to: <a@b> NOTIFY=NEVER X", "rcpt", "a@b", ["NOTIFY=NEVER", "X"]),
        ("MAIL FROM:<>", "mail", "", []),
        ("MAIL FROM:<\"a > b\"@c> SIZE=1", "mail", "\"a > b\"@c", ["SIZE=1"]),
        ("MAIL FROM:a@b SIZE=1", "mail", "a@b", ["SIZE=1"]),
        ("MAIL FROM:<open", "mail", "open", []),
        ("MAIL FROM:<\"\\", "mail", "\"\\", []),
        ("RCPT nonsense", "rcpt", "nonsense", []),
        ("EHLO  host  ", "ehlo", "host", []),
        ("", "", "", []),
        (" ", "", "", []),
    ])
    func `a command has a verb, a subject and parameters`(
        line: String,
        verb: String,
        subject: String,
        parameters: [String]
    ) throws {
        let command = SMTPCommand(try #require(try RawLine.sample(line, isBareLF: false)))
        #expect(command.verb == verb)
        #expect(command.subject == subject)
        #expect(command.parameters == parameters)
    }

    @Test func `a reply goes out with dashes and enhanced codes`() {
        let long = SMTPServerReply(250, nil, ["mx.test", "PIPELINING", "SIZE 1000"])
        #expect(text(long.encoded()) == "250-mx.test\r\n250-PIPELINING\r\n250 SIZE 1000\r\n")
        let status = SMTPServerReply(550, EnhancedStatus("5.1.1"), ["no\nsuch\r\nuser"])
        #expect(
            text(status.encoded()) == "550-5.1.1 no\r\n550-5.1.1 such\r\n550 5.1.1 user\r\n"
        )
        #expect(text(SMTPServerReply(250).encoded()) == "250\r\n")
        #expect(text(SMTPServerReply(250, EnhancedStatus("2.1.5")).encoded()) == "250 2.1.5\r\n")
        #expect(text(SMTPServerReply(250, nil, ["", "x"]).encoded()) == "250-\r\n250 x\r\n")
    }

    @Test(arguments: [
        ("ehlo", 250, nil), ("mail", 250, "2.1.0"), ("rcpt", 250, "2.1.5"), ("data", 354, nil),
        ("body", 250, "2.0.0"), ("quit", 221, "2.0.0"), ("vrfy", 252, "2.0.0"),
        ("xyzzy", 502, "5.5.2"), ("", 502, "5.5.2"),
    ])
    func `what a script leaves out is answered politely`(verb: String, code: Int, status: String?)
        throws
    {
        let polite = SMTPServerDefaults.reply(to: verb, name: "mx.test")
        let heard = try reply(text(polite?.encoded() ?? []))
        #expect(heard.code == code)
        #expect(heard.enhanced?.description == status)
    }
}
