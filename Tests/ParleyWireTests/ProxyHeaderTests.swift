import ParleyWire
import Testing

/// The header of the PROXY protocol, against the examples and layouts of its specification.
@Suite struct ProxyHeaderTests {
    private static func address(_ octets: [UInt8], _ text: String, _ port: UInt16) throws
        -> ProxyAddress
    {
        try #require(ProxyAddress(octets: octets, text: text, port: port))
    }

    private static func four() throws -> ProxyHeader.Origin {
        .proxied(
            client: try address([192, 168, 0, 1], "192.168.0.1", 56324),
            server: try address([192, 168, 0, 11], "192.168.0.11", 443)
        )
    }

    private static func six() throws -> ProxyHeader.Origin {
        let client = [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [1]
        let server = [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [2]
        return .proxied(
            client: try address(client, "2001:db8::1", 4711),
            server: try address(server, "2001:db8::2", 25)
        )
    }

    private static let signature: [UInt8] = Array("\r\n\r\n\0\r\nQUIT\n".utf8)

    @Test func `version 1 is a line, as in section 2.1`() throws {
        let header = ProxyHeader(.v1, try Self.four())
        #expect(
            header.octets == Array("PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n".utf8)
        )
        #expect(header.summary == "PROXY v1 TCP4 192.168.0.1:56324 to 192.168.0.11:443")
        let six = ProxyHeader(.v1, try Self.six())
        #expect(six.octets == Array("PROXY TCP6 2001:db8::1 2001:db8::2 4711 25\r\n".utf8))
        #expect(ProxyHeader(.v1, .unknown).octets == Array("PROXY UNKNOWN\r\n".utf8))
    }

    @Test func `the longest line of version 1 is 107 octets`() throws {
        let text = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
        let octets = [UInt8](repeating: 0xFF, count: 16)
        let end = try Self.address(octets, text, 65535)
        let header = ProxyHeader(.v1, .proxied(client: end, server: end))
        #expect(header.octets?.count == 104 + 2 - 2)
        #expect((header.octets?.count ?? 200) <= 107)
    }

    @Test func `version 2 is binary, as in section 2.2`() throws {
        #expect(
            ProxyHeader(.v2, try Self.four()).octets
                == Self.signature + [
                    0x21, 0x11, 0, 12, 192, 168, 0, 1, 192, 168, 0, 11, 0xDC, 0x04, 0x01, 0xBB,
                ]
        )
        let six = try #require(ProxyHeader(.v2, try Self.six()).octets)
        #expect(six.count == 16 + 36)
        #expect(six[12...15] == [0x21, 0x21, 0, 36])
        #expect(six.suffix(4) == [0x12, 0x67, 0, 25])
    }

    @Test func `a local and an unknown connection carry no addresses`() {
        #expect(ProxyHeader(.v2, .local).octets == Self.signature + [0x20, 0, 0, 0])
        #expect(ProxyHeader(.v2, .unknown).octets == Self.signature + [0x21, 0, 0, 0])
        #expect(ProxyHeader(.v1, .local).octets == nil)
    }

    @Test func `an authority is a TLV of version 2`() throws {
        let header = ProxyHeader(.v2, try Self.four(), authority: Array("mx.example".utf8))
        let octets = try #require(header.octets)
        #expect(octets[14...15] == [0, 12 + 3 + 10])
        #expect(octets.suffix(13) == [2, 0, 10] + Array("mx.example".utf8))
        #expect(header.summary.hasSuffix(", authority mx.example"))
        #expect(ProxyHeader(.v1, .unknown, authority: [0x61]).octets == nil)
        let long = [UInt8](repeating: 0x61, count: 256)
        #expect(ProxyHeader(.v2, try Self.four(), authority: long).octets == nil)
    }

    @Test func `two families cannot stand in one header`() throws {
        guard case .proxied(let client, _) = try Self.four(),
            case .proxied(_, let server) = try Self.six()
        else { return }
        for version in ProxyHeader.Version.allCases {
            let header = ProxyHeader(version, .proxied(client: client, server: server))
            #expect(header.octets == nil)
        }
    }
}
