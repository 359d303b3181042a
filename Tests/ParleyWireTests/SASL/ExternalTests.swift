import ParleyWire
import Testing

/// RFC 4422 appendix A.
@Suite struct ExternalTests {
    // RFC 4422 §A.2.
    @Test func `the name as whom to act is said, or none`() throws {
        var named = try ExternalMechanism(credentials("fred@example.com"), SASLContext())
        #expect(named.opening() == "fred@example.com")
        #expect(named.respond(to: []) == nil)
        var bare = try ExternalMechanism(credentials(""), SASLContext())
        #expect(bare.opening()?.isEmpty == true)
        #expect(throws: WireError.self) {
            try ExternalMechanism(credentials("a\0"), SASLContext())
        }
    }

    @Test func `the server hears the name, with the command or behind an empty challenge`() {
        var early = NameServer()
        #expect(early.start(bytes("fred@example.com")).accepted == credentials("fred@example.com"))
        var late = NameServer()
        #expect(late.start(nil) == .challenge([]))
        #expect(late.next([]).accepted == credentials(""))
    }
}
