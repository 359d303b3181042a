import ParleyWire
import Testing

/// RFC 4505.
@Suite struct AnonymousTests {
    // RFC 4505 §3.
    @Test func `the trace of the RFC is said`() throws {
        var mechanism = try AnonymousMechanism(credentials("sirhc"), SASLContext())
        let initial = mechanism.initialResponse()
        #expect(try #require(initial).bytes == decoded("c2lyaGM="))
        #expect(mechanism.respond(to: []) == nil)
        var server = NameServer()
        #expect(server.start(decoded("c2lyaGM=")).accepted == credentials("sirhc"))
    }

    @Test func `a trace has at most 255 characters, none of them NUL`() throws {
        let longest = String(repeating: "\u{e9}", count: 255)
        var mechanism = try AnonymousMechanism(credentials(longest), SASLContext())
        #expect(mechanism.opening() == longest)
        for wrong in [longest + "x", "a\0"] {
            #expect(throws: WireError.self) {
                try AnonymousMechanism(credentials(wrong), SASLContext())
            }
        }
    }
}
