import ParleyWire
import Testing

@Suite struct ReplyParserTests {
    static let fixtures: [[UInt8]] = [
        bytes("220 mx.test ESMTP\r\n"),
        bytes("220-wait\r\n220 mx.test ESMTP Postfix\r\n"),
        bytes("250-mx.test\r\n250-SIZE 10240000\r\n250-PIPELINING\r\n250 STARTTLS\r\n"),
        bytes("250\r\n"),
        bytes("250-\r\n250\r\n"),
        bytes("250 \r\n"),
        bytes("250\ttext\r\n"),
        bytes("250 bare\n"),
        bytes("250-mixed\n250 ends\r\n"),
        bytes("550-5.1.1 no such\r\n550 5.1.1 user\r\n"),
        bytes("250 2.0.0 Ok\r\n421 4.3.2 going\r\n"),
        bytes("354 go on\r\n250 2.0.0 Ok: queued as 4XYZ\r\n250 half"),
        [0x32, 0x35, 0x30, 0x20, 0x00, 0x1B, 0x5B, 0x33, 0x31, 0x6D, 0xFF, 0x0D, 0x41, 0x0D, 0x0A],
        bytes("garbage\r\n"),
        bytes("\r\n"),
        bytes("25 x\r\n"),
        bytes("2500 x\r\n"),
        bytes("650 x\r\n"),
        bytes("+OK POP3\r\n"),
        bytes("250-one\r\n550 two\r\n"),
        bytes("250 ok\r\n250-one\r\nno code\r\n"),
    ]

    @Test(arguments: fixtures)
    func `it is the same however the octets arrive`(fixture: [UInt8]) {
        let whole = Outcome([fixture[...]])
        #expect(Outcome(fixture.indices.map { fixture[$0...$0] }) == whole)
        for split in fixture.indices {
            #expect(Outcome([fixture[..<split], fixture[split...]]) == whole)
        }
    }

    @Test func `a reply has its lines without codes`() throws {
        let reply = try reply("250-mx.test hello\r\n250-SIZE 1000\r\n250 STARTTLS\r\n")
        #expect(reply.code == 250)
        #expect(reply.lines == ["mx.test hello", "SIZE 1000", "STARTTLS"])
        #expect(reply.text == "mx.test hello\nSIZE 1000\nSTARTTLS")
        #expect(reply.wireLines == ["250-mx.test hello", "250-SIZE 1000", "250 STARTTLS"])
        #expect(reply.lineCount == 3)
        #expect(reply.flags == [])
        #expect(text(reply.raw) == "250-mx.test hello\r\n250-SIZE 1000\r\n250 STARTTLS\r\n")
    }

    @Test(arguments: [
        ("250\r\n", ["no-text"], [""]),
        ("250-\r\n250\r\n", ["no-text"], ["", ""]),
        ("250 \r\n", [], [""]),
        ("250\ttext\r\n", ["tab"], ["text"]),
        ("250 text\n", ["bare-lf"], ["text"]),
        ("250 a\rb\r\n", ["bare-cr"], ["a\rb"]),
        ("250 \u{1B}[31mred\0\r\n", ["controls"], ["\u{1B}[31mred\0"]),
        ("250 zażółć\r\n", ["eight-bit"], ["zażółć"]),
        ("250\n", ["bare-lf", "no-text"], [""]),
    ])
    func `what is odd is flagged and kept`(wire: String, flags: [String], lines: [String]) throws {
        let reply = try reply(wire)
        #expect(reply.flags.names == flags)
        #expect(reply.lines == lines)
    }

    @Test(arguments: [
        ("garbage\r\n", "smtp.reply.malformed"),
        ("\r\n", "smtp.reply.malformed"),
        ("\n", "smtp.reply.malformed"),
        ("25\r\n", "smtp.reply.malformed"),
        ("2500 x\r\n", "smtp.reply.malformed"),
        ("050 x\r\n", "smtp.reply.malformed"),
        ("650 x\r\n", "smtp.reply.malformed"),
        (" 250 x\r\n", "smtp.reply.malformed"),
        ("250-ok\r\n251 ok\r\n", "smtp.reply.mixed-codes"),
        ("250-ok\r\nok\r\n", "smtp.reply.malformed"),
    ])
    func `what is no reply is refused for good`(wire: String, reason: String) {
        var parser = ReplyParser()
        bytes(wire + "250 fine\r\n").withUnsafeBytes { parser.append($0) }
        for _ in 0..<2 {
            let error = #expect(throws: WireError.self) { try parser.next() }
            #expect(error?.reason == reason)
            #expect(error?.detail.isEmpty == false)
        }
        parser.removeAll()
        bytes("250 fine\r\n").withUnsafeBytes { parser.append($0) }
        #expect((try? parser.next())?.code == 250)
    }

    @Test(arguments: [
        ("250 2.1.5 ok\r\n", "2.1.5"),
        ("550 5.1.1\r\n", "5.1.1"),
        ("550-no\r\n550 5.1.1 user\r\n", "5.1.1"),
        ("450 4.7.650 x\r\n", "4.7.650"),
        ("550 4.1.1 class differs\r\n", nil),
        ("354 3.0.0 no such class\r\n", nil),
        ("250 2.0 short\r\n", nil),
        ("250 2.0.0.1 long\r\n", nil),
        ("250 2.0.0ok\r\n", nil),
        ("250 2.0.1000 ok\r\n", nil),
        ("250 12.0.0 ok\r\n", nil),
        ("250 2..0 ok\r\n", nil),
        ("250\r\n", nil),
    ])
    func `an enhanced code is believed only where it fits`(wire: String, status: String?) throws {
        #expect(try reply(wire).enhanced?.description == status)
    }

    @Test func `an enhanced code reads from text`() {
        #expect(EnhancedStatus("5.7.606")?.description == "5.7.606")
        #expect(EnhancedStatus("5.7.606 ") == nil)
        #expect(EnhancedStatus("3.0.0") == nil)
        #expect(EnhancedStatus(5, 1000, 0) == nil)
    }

    @Test func `a line beyond the limit is refused before its end comes`() {
        let line = bytes("250 ") + [UInt8](repeating: 0x78, count: 1_000_000)
        #expect(Outcome([line[...]]).reason == "limit.line")
        let fits = bytes("250 ") + [UInt8](repeating: 0x78, count: 8192 - 6) + bytes("\r\n")
        #expect(Outcome([fits[...]]).replies.count == 1)
        let over = bytes("250 ") + [UInt8](repeating: 0x78, count: 8192 - 5) + bytes("\r\n")
        #expect(Outcome([over[...]]).reason == "limit.line")
        #expect(Outcome(over.indices.map { over[$0...$0] }).reason == "limit.line")
    }

    @Test func `an endless continuation is refused`() {
        let many = [[UInt8]](repeating: bytes("250-x\r\n"), count: 300)
        #expect(Outcome(many.map { $0[...] }).reason == "limit.reply")
        let line = bytes("250-") + [UInt8](repeating: 0x78, count: 1000) + bytes("\r\n")
        #expect(
            Outcome([[UInt8]](repeating: line, count: 100).map { $0[...] }).reason == "limit.reply"
        )
    }

    @Test func `a peer that is never heard cannot fill memory`() {
        var parser = ReplyParser(limits: WireLimits(buffer: 1000))
        let line = bytes("250 ok\r\n")
        for _ in 0..<10_000 { line.withUnsafeBytes { parser.append($0) } }
        #expect(parser.pending.count <= 1000)
        var count = 0
        let error = #expect(throws: WireError.self) {
            while try parser.next() != nil { count += 1 }
        }
        #expect(count == 125)
        #expect(error?.reason == "limit.memory")
    }

    @Test func `single octets cost no more than their number`() {
        let line = bytes("250-") + [UInt8](repeating: 0x78, count: 8000) + bytes("\r\n")
        let fixture = line + line + line + bytes("250 end\r\n")
        let started = ContinuousClock.now
        #expect(Outcome(fixture.indices.map { fixture[$0...$0] }).replies.count == 1)
        #expect(ContinuousClock.now - started < .seconds(5))
    }

    @Test(arguments: 0..<40)
    func `noise crashes nothing and is split without a difference`(seed: UInt64) {
        var random = SplitMix(state: seed)
        let alphabet = bytes("2250450 -\t\r\n\r\n.x5") + [0x00, 0x1B, 0xFF]
        for _ in 0..<50 {
            let noise = (0..<Int(random.next() % 120)).map { _ in
                random.next() % 8 == 0
                    ? UInt8(truncatingIfNeeded: random.next())
                    : alphabet[Int(random.next() % UInt64(alphabet.count))]
            }
            let limits = WireLimits(line: 40, replyLines: 4, reply: 80)
            let whole = Outcome([noise[...]], limits: limits)
            let single = Outcome(noise.indices.map { noise[$0...$0] }, limits: limits)
            #expect(whole.replies == single.replies)
            // Of two faults in one reply, the one that is seen first depends on what has arrived.
            #expect((whole.reason == nil) == (single.reason == nil))
            for reply in whole.replies {
                _ = (reply.lines, reply.text, Capabilities(reply).all, Capabilities(reply).size)
            }
        }
    }
}

/// A small generator, so that noise is the same in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
