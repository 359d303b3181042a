import Testing

@testable import ParleyCLI

@Suite struct KeyInputTests {
    /// Everything that comes of the octets, fed in pieces of a length.
    private func characters(_ text: [UInt8], by length: Int) -> String {
        var input = KeyInput()
        var result: [Unicode.Scalar] = []
        func drain(isLast: Bool) {
            while case .scalar(let scalar) = input.next(isLast: isLast) { result.append(scalar) }
        }
        for start in stride(from: 0, to: text.count, by: length) {
            input.append(text[start..<min(start + length, text.count)])
            drain(isLast: false)
        }
        drain(isLast: true)
        return String(scalars: result)
    }

    @Test(arguments: [1, 2, 3, 5, 100])
    func `text comes through however it is cut`(_ length: Int) {
        let text = "a é 日 𝄞 \u{1B}[A\u{1B}[200x\r\n\t\u{3}"
        #expect(characters(Array(text.utf8), by: length) == text)
    }

    @Test(arguments: [1, 4, 7, 100])
    func `a paste is text, tabs and line ends, and nothing else`(_ length: Int) {
        let paste = "\u{1B}[200~a\tb\r\nc\rd\ne\u{3}\u{1B}[Af\u{9B}\u{7F}\u{1B}[201~\u{1}"
        #expect(characters(Array(paste.utf8), by: length) == "a\tb\nc\nd\ne[Af\u{1}")
    }

    @Test func `what is no UTF-8 is one mark an octet`() {
        #expect(
            characters([0xFF, 0x61, 0xC3, 0x62, 0xE2, 0x82], by: 1)
                == "\u{FFFD}a\u{FFFD}b\u{FFFD}\u{FFFD}"
        )
    }

    @Test func `octets behind a tab are a burst, tabs are not`() {
        var input = KeyInput()
        input.append(Array("\t\t".utf8))
        #expect(input.next() == .scalar("\t") && !input.isBurst)
        input.append(Array("x".utf8))
        #expect(input.next() == .scalar("\t") && input.isBurst)
    }

    @Test func `a key's sequence is passed over as a whole`() {
        var input = KeyInput()
        input.append(Array("\u{1B}[1;5Cx".utf8))
        #expect(input.next() == .scalar("\u{1B}"))
        input.skipSequence()
        #expect(input.next() == .scalar("x") && input.next() == .nothing)
    }
}
