import ParleyVerbs
import ParleyWire
import Testing

/// XOAUTH2, as Google describes it.
@Suite struct XOAuth2Tests {
    private let user = credentials(
        "someuser@example.com",
        "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg"
    )
    /// Google's example of an initial response, and of the refusal that comes as a challenge.
    private let opening =
        "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxb"
        + "VRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ=="
    private let refusal =
        "eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIG1hYyIsInNjb3BlIjoiaHR0cHM6Ly9t"
        + "YWlsLmdvb2dsZS5jb20vIn0K"

    @Test func `the client says the example, and nothing to a refusal`() throws {
        var mechanism = try XOAuth2Mechanism(user, SASLContext())
        let initial = mechanism.initialResponse()
        let said = try #require(initial)
        #expect(said.bytes == decoded(opening))
        #expect(said.isSecret)
        #expect(mechanism.respond(to: decoded(refusal)) == SASLMessage([], isSecret: false))
        #expect(mechanism.respond(to: []) == nil)
        for wrong in [credentials("a\u{1}", "b"), credentials("a", "b\u{1}")] {
            #expect(throws: WireError.self) { try XOAuth2Mechanism(wrong, SASLContext()) }
        }
    }

    @Test func `the refusal of the example is answered with an empty line, and the 535 is judged`()
        throws
    {
        let client = try client([(call("ehlo"), "250-mx\r\n250 AUTH XOAUTH2\r\n")])
        let login = try call("auth", "xoauth2", text(user.user), text(user.password))
        let step = try client.begin(login, isEncrypted: true)
        #expect(step.sent == "AUTH XOAUTH2 \(opening)\r\n")
        #expect(try client.resume(try reply("334 \(refusal)\r\n")).sent == "\r\n")
        let judged = try client.resume(
            try reply(
                "535-5.7.1 Username and Password not accepted.\r\n535 5.7.1 hx9sm5317360pbc\r\n"
            )
        ).judged
        #expect(judged?.code == 535)
        #expect(!client.isAuthenticated)
    }

    @Test func `the server takes the example, and refuses another token in JSON first`() {
        let context = SASLServerContext(accounts: [user.user: user.password])
        var server = XOAuth2Server(context)
        #expect(server.start(decoded(opening)).accepted == user)
        var late = XOAuth2Server(context)
        #expect(late.start(nil) == .challenge([]))
        let failure = late.next(bytes("user=a@b\u{1}auth=Bearer x\u{1}\u{1}")).refusal
        #expect(failure?.code == .credentials)
        #expect(failure?.data.map(text)?.hasPrefix(#"{"status":"401","schemes":"bearer""#) == true)
    }

    @Test(arguments: [
        "", "user=a", "user=a\u{1}\u{1}", "auth=Bearer x\u{1}\u{1}", "user=a\u{1}auth=Bearer x",
        "user=a\u{1}auth=Basic x\u{1}\u{1}",
    ])
    func `a message without user and token is malformed`(_ message: String) {
        var server = XOAuth2Server(SASLServerContext())
        #expect(server.start(bytes(message)).refusal?.code == .malformed)
    }

    @Test func `the server's JSON travels as a challenge, and the 535 behind the client's answer`()
    {
        let message = text(Base64.encode(bytes("user=tim\u{1}auth=Bearer x\u{1}\u{1}")))
        var exchange = SASLServerExchange(
            "XOAUTH2 \(message)",
            SASLServerContext(accounts: [:])
        )
        guard case .challenge(let json) = exchange.start() else {
            Issue.record("no JSON")
            return
        }
        #expect(text(decoded(json)).contains(#""status":"401""#))
        guard case .refused(let failure) = exchange.receive([]) else {
            Issue.record("no refusal")
            return
        }
        #expect(failure.code == .credentials)
    }
}
