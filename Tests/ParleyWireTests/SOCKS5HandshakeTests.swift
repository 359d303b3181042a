import ParleyWire
import Testing

/// SOCKS version 5 with the octets of RFC 1928 and RFC 1929.
@Suite struct SOCKS5HandshakeTests {
    private static let name = ProxyDestination.name("mx.example", port: 25)
    private static let login = ProxyCredentials(
        user: Array("probe".utf8),
        password: Array("secret".utf8)
    )
    private static let opened: [UInt8] = [5, 0, 0, 1, 127, 0, 0, 1, 0xC3, 0x50]
    private static let request = [5, 1, 0, 3, 10] + Array("mx.example".utf8) + [0, 25]

    @Test func `a name is looked up by the proxy`() throws {
        var socks = SOCKS5Handshake(to: Self.name)
        #expect(try socks.start() == [5, 1, 0])
        #expect(try socks.receive([5]) == .more)
        #expect(try socks.receive([0]) == .send(Self.request))
        #expect(try socks.receive(Self.opened) == .open([]))
    }

    @Test func `user and password are told when they are asked for`() throws {
        var socks = SOCKS5Handshake(to: Self.name, credentials: Self.login)
        #expect(try socks.start() == [5, 2, 0, 2])
        let login = [1, 5] + Array("probe".utf8) + [6] + Array("secret".utf8)
        #expect(try socks.receive([5, 2]) == .send(login))
        #expect(try socks.receive([1, 0]) == .send(Self.request))
        #expect(try socks.receive(Self.opened + Array("220".utf8)) == .open(Array("220".utf8)))
    }

    @Test func `a proxy that asks for no password gets none`() throws {
        var socks = SOCKS5Handshake(to: Self.name, credentials: Self.login)
        _ = try socks.start()
        #expect(try socks.receive([5, 0]) == .send(Self.request))
    }

    @Test func `addresses of both families are asked for as octets`() throws {
        let four = try #require(
            ProxyAddress(octets: [192, 0, 2, 1], text: "192.0.2.1", port: 587)
        )
        let octets = [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [1]
        let six = try #require(ProxyAddress(octets: octets, text: "2001:db8::1", port: 25))
        for (address, request) in [
            (four, [5, 1, 0, 1, 192, 0, 2, 1, 0x02, 0x4B]),
            (six, [5, 1, 0, 4] + octets + [0, 25]),
        ] {
            var socks = SOCKS5Handshake(to: .address(address))
            _ = try socks.start()
            #expect(try socks.receive([5, 0]) == .send(request))
        }
    }

    @Test func `every kind of bound address is read whole, and no octet more`() throws {
        let replies: [[UInt8]] = [
            Self.opened,
            [5, 0, 0, 4] + [UInt8](repeating: 0, count: 16) + [0, 0],
            [5, 0, 0, 3, 255] + [UInt8](repeating: 0x61, count: 255) + [0, 0],
            [5, 0, 0, 3, 0, 0, 0],
        ]
        for reply in replies {
            var socks = SOCKS5Handshake(to: Self.name)
            _ = try socks.start()
            _ = try socks.receive([5, 0])
            for octet in reply.dropLast() {
                #expect(try socks.receive([octet]) == .more)
            }
            let rest = Array("220 mx\r\n".utf8)
            #expect(try socks.receive([reply.last ?? 0] + rest) == .open(rest))
        }
    }

    @Test(
        arguments: [
            (1, ProxyError.Code.refused), (2, .refused), (3, .target), (4, .target), (5, .target),
            (6, .target), (7, .refused), (8, .refused), (9, .malformed), (255, .malformed),
        ] as [(UInt8, ProxyError.Code)]
    )
    func `every refusal has its own words`(_ reply: UInt8, _ code: ProxyError.Code) throws {
        var socks = SOCKS5Handshake(to: Self.name)
        _ = try socks.start()
        _ = try socks.receive([5, 0])
        let error = #expect(throws: ProxyError.self) {
            try socks.receive([5, reply, 0, 1, 0, 0, 0, 0, 0, 0])
        }
        #expect(error?.code == code)
        #expect(error?.detail.hasSuffix("(reply \(reply))") == true)
    }

    @Test func `what is no SOCKS5 proxy is told at its first octet`() throws {
        for (answers, code) in [
            ([[0x48]], ProxyError.Code.malformed), ([[4, 90]], .malformed),
            ([[5, 0xFF]], .authentication), ([[5, 1]], .malformed), ([[5, 2]], .malformed),
            ([[5, 0, 5]], .malformed), ([[5, 0], [4]], .malformed),
            ([[5, 0], [5, 0, 0, 2, 0]], .malformed),
        ] as [([[UInt8]], ProxyError.Code)] {
            var socks = SOCKS5Handshake(to: Self.name)
            _ = try socks.start()
            let error = #expect(throws: ProxyError.self, "\(answers)") {
                for answer in answers { _ = try socks.receive(answer) }
            }
            #expect(error?.code == code, "\(answers)")
        }
    }

    @Test func `a refused password is the proxy's refusal`() throws {
        for (answer, code) in [
            ([1, 1], ProxyError.Code.authentication), ([7, 0], .malformed),
            ([1, 0, 5], .malformed),
        ] as [([UInt8], ProxyError.Code)] {
            var socks = SOCKS5Handshake(to: Self.name, credentials: Self.login)
            _ = try socks.start()
            _ = try socks.receive([5, 2])
            let error = #expect(throws: ProxyError.self) { try socks.receive(answer) }
            #expect(error?.code == code)
            #expect(error?.detail.contains("secret") == false)
        }
    }

    @Test func `what does not fit is refused before anything is sent`() {
        for login in [
            ProxyCredentials(user: [], password: [0x61]),
            ProxyCredentials(user: [0x61], password: [UInt8](repeating: 0x61, count: 256)),
        ] {
            var socks = SOCKS5Handshake(to: Self.name, credentials: login)
            #expect(throws: ProxyError.self) { try socks.start() }
        }
        let long = String(repeating: "a", count: 256)
        var socks = SOCKS5Handshake(to: .name(long, port: 25))
        #expect(throws: ProxyError.self) { try socks.start() }
    }
}
