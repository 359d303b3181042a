import ParleyWire
import Testing

/// RFC 2195.
@Suite struct CramMD5Tests {
    private let tim = credentials("tim", "tanstaaftanstaaf")
    private let challenge = "<1896.697170952@postoffice.reston.mci.net>"
    private let answer = "tim b913a602c7eda7a495b4e6e7334d3890"

    private var context: SASLServerContext {
        SASLServerContext(
            host: "postoffice.reston.mci.net",
            accounts: [tim.user: tim.password],
            makeNonce: { bytes("1896.697170952") }
        )
    }

    // RFC 2195 §2.
    @Test func `the client hashes the challenge of the RFC`() throws {
        var mechanism = CramMD5Mechanism(tim, SASLContext())
        #expect(mechanism.initialResponse() == nil)
        #expect(throws: WireError.self) { try mechanism.finish() }
        #expect(
            decoded("PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+")
                == bytes(challenge)
        )
        let said = try mechanism.respond(to: bytes(challenge))
        #expect(said == SASLMessage(bytes(answer), isSecret: true))
        try mechanism.finish()
        #expect(try mechanism.respond(to: bytes("<again>")) == nil)
        var empty = CramMD5Mechanism(tim, SASLContext())
        #expect(throws: WireError.self) { try empty.respond(to: []) }
    }

    @Test func `the server takes the answer of the RFC`() {
        var server = CramMD5Server(context)
        #expect(server.start(nil) == .challenge(bytes(challenge)))
        #expect(server.next(bytes(answer)) == .success(tim, data: nil))
    }

    @Test func `a client that speaks first, or sends another hash, is refused`() {
        var early = CramMD5Server(context)
        #expect(early.start(tim.user).refusal?.code == .malformed)
        for (wrong, code) in [
            ("", SASLServerFailure.Code.malformed), ("tim", .malformed), ("tim ", .credentials),
            (answer + "0", .credentials), ("tom b913a602c7eda7a495b4e6e7334d3890", .credentials),
        ] {
            var server = CramMD5Server(context)
            _ = server.start(nil)
            #expect(server.next(bytes(wrong)).refusal?.code == code, "\(wrong)")
        }
    }
}
