import ParleyTLS
import Testing

@Suite("Hostile peers")
struct HostilePeerTests {
    private func answer(_ bytes: [UInt8], pieceSize: Int = .max) throws -> TLSState {
        let engine = try Pair().client
        engine.start()
        var rest = bytes[...]
        while !rest.isEmpty {
            engine.receive(Array(rest.prefix(pieceSize)))
            rest = rest.dropFirst(min(pieceSize, rest.count))
            engine.advance()
        }
        engine.inputEnded()
        return engine.advance()
    }

    @Test("A greeting in plain text is told as such", arguments: [1, 3, 1000])
    func plainText(pieceSize: Int) throws {
        let failure = try answer(Array("220 mx.example ESMTP\r\n".utf8), pieceSize: pieceSize)
            .failure
        #expect(failure?.reason == "tls.protocol")
        #expect(failure?.detail.contains("plain text") == true)
        #expect(failure?.detail.contains("220 m") == true)
    }

    @Test("Less than a record's head in plain text is told as such")
    func littleText() throws {
        let failure = try answer(Array("hi\r\n".utf8)).failure
        #expect(failure?.detail.contains("plain text") == true)
    }

    @Test("A client that speaks plain text is told as such by the server")
    func plainClient() throws {
        let server = try Pair().server
        server.receive(Array("EHLO me.example\r\n".utf8))
        let failure = server.advance().failure
        #expect(failure?.detail.contains("EHLO me.example") == true)
        #expect(failure?.reason == "tls.protocol")
    }

    @Test("Control characters in the peer's text are escaped")
    func escaped() throws {
        let failure = try answer(Array("220 \u{202E}\u{85}evil mx\r\n".utf8)).failure
        #expect(failure?.detail.contains("\\u{202E}\\u{85}evil") == true)
    }

    @Test(
        "Garbage of any kind is tls.protocol",
        arguments: [
            [0x1B, 0x5B, 0x32, 0x4A, 0x00], [22, 3, 3, 0, 4, 2, 0, 0, 0], [22, 3, 3, 0xFF, 0xFF],
            [22, 9, 9, 0, 5, 1, 2, 3, 4, 5], [23, 3, 3, 0, 1, 0], [20, 3, 3, 0, 1, 1], [0],
            [21, 3, 3, 0, 2, 9, 9], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
            [22, 3, 3, 0, 6, 2, 0, 0, 2, 3, 3], [24, 3, 3, 0, 3, 1, 0xFF, 0xFF],
        ] as [[UInt8]]
    )
    func garbage(_ bytes: [UInt8]) throws {
        #expect(try answer(bytes).failure?.reason == "tls.protocol")
        #expect(try answer(bytes, pieceSize: 1).failure?.reason == "tls.protocol")
    }

    @Test("What begins like TLS and just ends is tls.handshake.failed")
    func beginning() throws {
        #expect(try answer([22]).failure?.reason == "tls.handshake.failed")
        #expect(try answer([22, 3, 3, 0, 80, 2]).failure?.reason == "tls.handshake.failed")
    }

    @Test("A server's flight with any byte changed never crashes and never verifies more")
    func mutated() throws {
        let original = try Pair()
        original.client.start()
        original.server.receive(original.client.takeOutput())
        original.server.advance()
        let flight = original.server.takeOutput()
        for position in stride(from: 0, to: flight.count, by: 7) {
            let engine = try Pair().client
            engine.start()
            var bytes = flight
            bytes[position] ^= 0x55
            engine.receive(bytes)
            engine.inputEnded()
            #expect(engine.advance().failure != nil)
        }
    }

    @Test("An alert instead of a ServerHello is named")
    func alert() throws {
        let failure = try answer([21, 3, 3, 0, 2, 2, 112]).failure
        #expect(failure?.alert == "unrecognized_name")
    }

    @Test("A close_notify instead of a ServerHello is told as a close")
    func closedEarly() throws {
        let failure = try answer([21, 3, 3, 0, 2, 1, 0]).failure
        #expect(failure?.reason == "tls.handshake.failed")
        #expect(failure?.detail.contains("closed") == true, "\(failure?.description ?? "none")")
    }

    @Test("A chain over 64 KiB is limit.chain, be it one certificate or many")
    func hugeChain() throws {
        let names = (0..<3000).map { "host-number-\($0).a-rather-long-domain.example" }
        let pair = try Pair(Authorities.house.issue(names: ["mx.example"] + names))
        #expect(pair.run().client.failure?.reason == "limit.chain")
        let one = try Authorities.house.issue(names: ["mx.example"])
        let chain = (0..<200).reduce(into: one.certificatePEM) { chain, _ in
            chain += one.certificatePEM
        }
        let many = try Pair(
            ServerIdentity(certificatePEM: chain, privateKeyPEM: one.privateKeyPEM)
        )
        #expect(many.run().client.failure?.reason == "limit.chain")
    }

    @Test("After the end nothing is taken and nothing moves")
    func after() throws {
        let engine = try Pair().client
        engine.start()
        engine.receive(Array("220 x y\r\n".utf8))
        engine.advance()
        engine.receive([UInt8](repeating: 0, count: 4 << 20))
        engine.write([1, 2, 3])
        engine.close()
        #expect(engine.advance().failure?.reason == "tls.protocol")
        #expect(engine.takePlaintext().isEmpty)
        #expect(engine.session == nil)
    }
}
