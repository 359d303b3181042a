import ParleyWire
import Testing

/// RFC 4616.
@Suite struct PlainTests {
    // RFC 4616 §4: the two examples.
    @Test func `both examples of the RFC go out and are understood`() throws {
        let tim = credentials("tim", "tanstaaftanstaaf")
        var first = try PlainMechanism(tim, SASLContext())
        #expect(first.opening() == "\0tim\0tanstaaftanstaaf")
        let kurt = credentials("Kurt", "xipj3plmq", as: "Ursel")
        var second = try PlainMechanism(kurt, SASLContext())
        #expect(second.opening() == "Ursel\0Kurt\0xipj3plmq")

        let context = SASLServerContext(
            accounts: [tim.user: tim.password, kurt.user: kurt.password]
        )
        for (user, message) in [(tim, "\0tim\0tanstaaftanstaaf"), (kurt, "Ursel\0Kurt\0xipj3plmq")]
        {
            var server = PlainServer(context)
            #expect(server.start(bytes(message)).accepted == user)
        }
    }

    // RFC 4954 §4.1.
    @Test func `the initial response of RFC 4954 is understood`() {
        var server = PlainServer(SASLServerContext())
        #expect(
            server.start(decoded("dGVzdAB0ZXN0ADEyMzQ=")).accepted
                == credentials("test", "1234", as: "test")
        )
    }

    @Test func `without an initial response the server asks with an empty challenge`() {
        var server = PlainServer(SASLServerContext())
        #expect(server.start(nil) == .challenge([]))
        #expect(server.next(bytes("\0tim\0x")).accepted == credentials("tim", "x"))
    }

    @Test(arguments: ["", "tim", "\0tim", "\0\0x", "a\0b\0c\0d", "\0"])
    func `a message of other than three parts is malformed`(_ message: String) {
        var server = PlainServer(SASLServerContext())
        #expect(server.start(bytes(message)).refusal?.code == .malformed)
    }

    @Test func `a NUL in a name or password cannot be expressed`() {
        for wrong in [credentials("a\0", "b"), credentials("a", "b\0")] {
            let error = #expect(throws: WireError.self) {
                try PlainMechanism(wrong, SASLContext())
            }
            #expect(error?.reason == "script.verb")
        }
    }
}
