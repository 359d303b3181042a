import ParleyTLS
import Testing

@Suite("Streams")
struct StreamTests {
    private func established() throws -> Pair {
        let pair = try Pair()
        let states = pair.run()
        try #require(states.client.isEstablished && states.server.isEstablished)
        return pair
    }

    @Test("A megabyte goes through unchanged, taken in bounded parts")
    func megabyte() throws {
        let pair = try established()
        let data = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        pair.server.write(data)
        pair.client.receive(pair.server.takeOutput())
        pair.client.advance()
        var received: [UInt8] = []
        while true {
            let part = pair.client.takePlaintext()
            if part.isEmpty { break }
            #expect(part.count <= 80 << 10)
            received += part
        }
        #expect(received == data)
        #expect(pair.client.advance().isEstablished)
    }

    @Test("A megabyte in odd pieces goes through, too")
    func megabyteInPieces() throws {
        let pair = try established()
        let data = [UInt8](repeating: 7, count: 1 << 20)
        pair.client.write(data)
        var wire = pair.client.takeOutput()[...]
        var received: [UInt8] = []
        while !wire.isEmpty {
            pair.server.receive(Array(wire.prefix(3001)))
            wire = wire.dropFirst(3001)
            pair.server.advance()
            received += pair.server.takeAllPlaintext()
        }
        #expect(received == data)
    }

    @Test("A peer that floods is cut off with limit.memory")
    func flood() throws {
        let pair = try established()
        var state = pair.client.advance()
        for _ in 0..<64 where state.isEstablished {
            pair.server.write([UInt8](repeating: 0, count: 64 << 10))
            pair.client.receive(pair.server.takeOutput())
            state = pair.client.advance()
        }
        #expect(state.failure?.reason == "limit.memory")
    }

    @Test("close_notify ends a stream, after all that came before it")
    func closes() throws {
        let pair = try established()
        pair.server.write(Array("221 bye\r\n".utf8))
        pair.server.close()
        pair.client.receive(pair.server.takeOutput())
        #expect(pair.client.advance().isClosed)
        #expect(pair.client.takePlaintext() == Array("221 bye\r\n".utf8))
        pair.client.inputEnded()
        #expect(pair.client.advance().isClosed)
        pair.client.close()
        pair.client.close()
        pair.server.receive(pair.client.takeOutput())
        #expect(pair.server.advance().isClosed)
        pair.server.write([1])
        #expect(pair.server.takeOutput().isEmpty)
    }

    @Test("One may still write to a peer that has closed its own half")
    func halfClosed() throws {
        let pair = try established()
        pair.server.close()
        pair.client.receive(pair.server.takeOutput())
        #expect(pair.client.advance().isClosed)
        pair.client.write(Array("QUIT\r\n".utf8))
        pair.server.receive(pair.client.takeOutput())
        #expect(pair.server.advance().isEstablished)
        #expect(pair.server.takePlaintext() == Array("QUIT\r\n".utf8))
    }

    @Test("An end without close_notify is a truncation, after all that came before it")
    func truncated() throws {
        let pair = try established()
        pair.server.write(Array("250 ok\r\n".utf8))
        pair.client.receive(pair.server.takeOutput())
        pair.client.inputEnded()
        let failure = pair.client.advance().failure
        #expect(failure?.reason == "net.closed")
        #expect(failure?.detail.contains("close_notify") == true)
        #expect(pair.client.takePlaintext() == Array("250 ok\r\n".utf8))
    }

    @Test("An end during the handshake is tls.handshake.failed")
    func endsEarly() throws {
        let pair = try Pair()
        pair.client.start()
        pair.client.inputEnded()
        #expect(pair.client.advance().failure?.reason == "tls.handshake.failed")
    }

    @Test("Keys are renewed under way")
    func keyUpdate() throws {
        let pair = try established()
        for round in 0..<5 {
            pair.server.updateKeys()
            pair.server.write([UInt8(round)])
            pair.client.receive(pair.server.takeOutput())
            #expect(pair.client.advance().isEstablished)
            #expect(pair.client.takePlaintext() == [UInt8(round)])
            pair.client.write([UInt8(round), 1])
            pair.server.receive(pair.client.takeOutput())
            #expect(pair.server.advance().isEstablished)
            #expect(pair.server.takePlaintext() == [UInt8(round), 1])
        }
    }

    @Test("A record that was tampered with ends the stream with an alert")
    func tampered() throws {
        let pair = try established()
        pair.server.write(Array("250 ok\r\n".utf8))
        var wire = pair.server.takeOutput()
        wire[wire.count - 1] ^= 1
        pair.client.receive(wire)
        #expect(pair.client.advance().failure?.reason == "tls.protocol")
        #expect(pair.client.takePlaintext().isEmpty)
        pair.server.receive(pair.client.takeOutput())
        #expect(pair.server.advance().failure?.alert == "bad_record_mac")
    }
}
