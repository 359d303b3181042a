import ParleyWire
import Testing

@Suite struct CapabilitiesTests {
    private func capabilities(_ lines: String...) throws -> Capabilities {
        let all = ["mx.test at your service"] + lines
        let wire = all.enumerated().map { index, line in
            "250\(index == all.count - 1 ? " " : "-")\(line)\r\n"
        }
        return Capabilities(try reply(wire.joined()))
    }

    @Test func `keywords count whatever their case`() throws {
        let offered = try capabilities("pipelining", "Size 1000", "AUTH plain LOGIN", "STARTTLS")
        #expect(offered.serverName == "mx.test")
        #expect(offered.offers("PIPELINING") && offered.offersPipelining)
        #expect(offered.offers("starttls") && offered.offersStartTLS)
        #expect(!offered.offers("START") && !offered.offers("STARTTLSX") && !offered.offers(""))
        #expect(offered.keywords == ["PIPELINING", "SIZE", "AUTH", "STARTTLS"])
        #expect(offered.authMechanisms == ["PLAIN", "LOGIN"])
        #expect(offered.size == 1000)
        #expect(offered.line(of: "size") == "Size 1000")
        #expect(offered.parameters(of: "DSN") == nil)
        #expect(offered.parameters(of: "STARTTLS") == [])
    }

    @Test func `the first line is no capability`() throws {
        let offered = Capabilities(try reply("250-SIZE 10\r\n250 DSN\r\n"))
        #expect(!offered.offers("SIZE"))
        #expect(offered.keywords == ["DSN"])
        #expect(Capabilities(try reply("250 mx.test\r\n")).all.isEmpty)
        #expect(Capabilities.none.all.isEmpty)
    }

    @Test func `both spellings of AUTH count, each mechanism once`() throws {
        let offered = try capabilities("AUTH=PLAIN LOGIN", "AUTH login CRAM-MD5", "AUTH")
        #expect(offered.authMechanisms == ["PLAIN", "LOGIN", "CRAM-MD5"])
        #expect(offered.all[0].parameters == ["PLAIN", "LOGIN"])
    }

    @Test(arguments: [
        ("SIZE", nil), ("SIZE 0", 0), ("SIZE 10240000", 10_240_000), ("SIZE x", nil),
        ("SIZE -1", nil), ("SIZE 99999999999999999999999", nil), ("SIZE +5", nil),
        ("SIZE=77", 77), ("DSN", nil),
    ])
    func `a size is what it states`(line: String, size: Int?) throws {
        #expect(try capabilities(line).size == size)
    }

    @Test func `of two sizes the first counts`() throws {
        #expect(try capabilities("SIZE 5", "SIZE 9").size == 5)
    }

    @Test func `hostile lines do no harm`() throws {
        let offered = try capabilities("", " ", "=", " LEADING", "A=", "\0\u{1B}[2J x", "zażółć =x")
        #expect(offered.keywords == ["A", "\0\u{1B}[2J", "ZAżółć"])
        #expect(offered.parameters(of: "A") == [])
    }
}
