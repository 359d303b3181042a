import Testing

@testable import ParleyLanguageServer

@Suite("The framing of messages")
struct FramerTests {
    private func items(_ pieces: [[UInt8]]) -> [MessageFramer.Item] {
        var framer = MessageFramer()
        var items: [MessageFramer.Item] = []
        for piece in pieces {
            framer.append(piece)
            while let item = framer.next() { items.append(item) }
        }
        return items
    }

    private static let two =
        "Content-Length: 2\r\n\r\n{}content-length:3\r\nContent-Type: x\r\n\r\n[1]"

    @Test func `messages come out whole, wherever the stream is cut`() {
        let bytes = Array(Self.two.utf8)
        let whole: [MessageFramer.Item] = [.message(Array("{}".utf8)), .message(Array("[1]".utf8))]
        #expect(items([bytes]) == whole)
        #expect(items(bytes.map { [$0] }) == whole)
        for cut in bytes.indices {
            #expect(items([Array(bytes[..<cut]), Array(bytes[cut...])]) == whole)
        }
    }

    @Test(arguments: [
        "X: 1\r\n\r\n", "Content-Length: \r\n\r\n", "Content-Length: -5\r\n\r\n",
        "Content-Length: 99999999999999999999\r\n\r\n", "\r\n\r\n",
    ])
    func `a header without a length is told, and the next message is read`(_ junk: String) {
        let found = items([Array((junk + Self.two).utf8)])
        #expect(found.count == 3)
        if case .junk = found.first {} else { Issue.record("\(found)") }
        #expect(found.last == .message(Array("[1]".utf8)))
    }

    @Test func `junk before a length is passed over`() {
        let found = items([Array(("what is this?\r\n" + Self.two).utf8)])
        #expect(found.count == 2)
    }

    @Test func `a header without an end is given up within a bound, and told once`() {
        let junk = [UInt8](repeating: 0x41, count: 50_000)
        let found = items([junk, junk, Array("\r\n\r\n".utf8), Array(Self.two.utf8)])
        #expect(found.count == 3)
        #expect(found.first == .junk("a header is too long"))
        #expect(found.last == .message(Array("[1]".utf8)))
        // The same in one piece, as a fast client's stream comes.
        let whole = junk + junk + Array("\r\n\r\n".utf8) + Array(Self.two.utf8)
        #expect(items([whole]) == found)
    }

    @Test func `a message that is too large is passed over without being kept`() {
        let size = MessageFramer.maximumMessage + 1
        let chunk = [UInt8](repeating: 0x20, count: 1 << 20)
        var framer = MessageFramer()
        framer.append(Array("Content-Length: \(size)\r\n\r\n".utf8))
        #expect(framer.next() == .junk("a message is larger than 64 MiB"))
        var sent = 0
        while sent < size {
            let count = min(chunk.count, size - sent)
            framer.append(chunk.prefix(count))
            #expect(framer.next() == nil)
            sent += count
        }
        framer.append(Array(Self.two.utf8))
        #expect(framer.next() == .message(Array("{}".utf8)))
    }
}
