import ParleyVerbs
import ParleyWire
import Testing

@Suite struct AuthTests {
    private func ready(_ mechanisms: String = "AUTH PLAIN LOGIN") throws -> SMTPClient {
        try client([(call("ehlo"), "250-mx\r\n250 \(mechanisms)\r\n")])
    }

    private func hidden(_ step: VerbStep) -> [String] {
        guard let outgoing = step.outgoing else { return [] }
        return outgoing.secretRanges.map { text(Array(outgoing.bytes[$0])) }
    }

    // RFC 4616 §4.
    @Test func `PLAIN says all at once`() throws {
        let client = try ready()
        let step = try client.begin(
            call("auth", "plain", "tim", "tanstaaftanstaaf"),
            isEncrypted: true
        )
        #expect(step.sent == "AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm\r\n")
        #expect(hidden(step) == ["AHRpbQB0YW5zdGFhZnRhbnN0YWFm"])
        #expect(try client.resume(try reply("235 2.7.0 ok\r\n")).judged?.code == 235)
        #expect(client.isAuthenticated)
        #expect(throws: WireError.self) {
            try client.begin(call("auth", "plain", "a", "b"), isEncrypted: true)
        }
    }

    @Test func `LOGIN answers name and password whatever the prompts`() throws {
        for (first, second) in [("VXNlcm5hbWU6", "UGFzc3dvcmQ6"), ("", "not base64!")] {
            let client = try ready("AUTH=LOGIN")
            let step = try client.begin(call("auth", "LOGIN", "tim", "tanstaaf"), isEncrypted: true)
            #expect(step.sent == "AUTH LOGIN\r\n")
            let name = try client.resume(try reply("334 \(first)\r\n"))
            #expect(name.sent == "dGlt\r\n")
            #expect(hidden(name).isEmpty)
            let password = try client.resume(try reply("334 \(second)\r\n"))
            #expect(password.sent == "dGFuc3RhYWY=\r\n")
            #expect(hidden(password) == ["dGFuc3RhYWY="])
            #expect(try client.resume(try reply("535 5.7.8 no\r\n")).judged?.code == 535)
            #expect(!client.isAuthenticated)
        }
    }

    @Test func `an unexpected challenge is cancelled, another one again, and no refusal`() throws {
        let client = try ready()
        _ = try client.begin(call("auth", "plain", "a", "b"), isEncrypted: true)
        #expect(try client.resume(try reply("334 bW9yZQ==\r\n")).sent == "*\r\n")
        #expect(client.farewell() == nil)
        #expect(try client.resume(try reply("334 still\r\n")).sent == "*\r\n")
        let error = #expect(throws: WireError.self) {
            try client.resume(try reply("501 cancelled\r\n"))
        }
        #expect(error?.reason == "auth.refused")
        #expect(client.state == "closed")
    }

    @Test func `an exchange without credentials is only asked for`() throws {
        let client = try ready()
        #expect(
            try client.begin(call("auth", "login"), isEncrypted: false).sent == "AUTH LOGIN\r\n"
        )
        #expect(try client.resume(try reply("334 VXNlcm5hbWU6\r\n")).sent == "*\r\n")
        #expect(try client.resume(try reply("501 cancelled\r\n")).judged?.code == 501)
    }

    @Test func `a password travels in clear only on request or to this machine`() throws {
        let login = try call("auth", "plain", "a", "b")
        let client = try ready()
        let error = #expect(throws: WireError.self) { try client.begin(login, isEncrypted: false) }
        #expect(error?.reason == "auth.clear")
        var allowed = login
        allowed.clauses["in clear"] = VerbArgument(slot: -1, bytes: [])
        #expect(try ready().begin(allowed, isEncrypted: false).sent != nil)
        let local = try ready()
        local.isLoopback = true
        #expect(try local.begin(login, isEncrypted: false).sent != nil)
    }

    @Test func `a mechanism is one that both sides know`() throws {
        func reason(_ client: SMTPClient, _ call: VerbCall) -> String? {
            #expect(throws: WireError.self) { try client.begin(call, isEncrypted: true) }?.reason
        }
        #expect(reason(try ready("DSN"), try call("auth", "plain", "a", "b")) == "smtp.not-offered")
        #expect(
            reason(try ready("AUTH LOGIN"), try call("auth", "plain", "a", "b")) == "auth.mechanism"
        )
        #expect(
            reason(try ready("AUTH GSSAPI"), try call("auth", "gssapi", "a", "b"))
                == "auth.mechanism"
        )
        #expect(reason(try ready(), try call("auth", "plain", "a")) == "script.verb")
        #expect(reason(try ready(), try call("auth", "plain", "a\0", "b")) == "script.verb")
        #expect(reason(try ready(), try call("auth")) == "auth.mechanism")
        let unknown = try call("auth", "gssapi", admitsRefusal: true)
        #expect(try ready().begin(unknown, isEncrypted: true).sent == "AUTH GSSAPI\r\n")
    }

    @Test func `the server's side hears what the client's side says`() {
        var plain = SASLServerExchange("plain AHRpbQB0YW5zdGFhZnRhbnN0YWFm")
        let tim = SASLCredentials(user: bytes("tim"), password: bytes("tanstaaftanstaaf"))
        #expect(plain.start() == .credentials(tim))
        var late = SASLServerExchange("PLAIN")
        #expect(late.start() == .challenge(""))
        #expect(late.receive(bytes("AHRpbQB0YW5zdGFhZnRhbnN0YWFm")) == .credentials(tim))
        var login = SASLServerExchange("LOGIN")
        #expect(login.start() == .challenge("VXNlcm5hbWU6"))
        #expect(login.receive(bytes("dGlt")) == .challenge("UGFzc3dvcmQ6"))
        #expect(login.receive(bytes("dGFuc3RhYWZ0YW5zdGFhZg==")) == .credentials(tim))
        var short = SASLServerExchange("LOGIN dGlt")
        #expect(short.start() == .challenge("UGFzc3dvcmQ6"))
        #expect(short.receive(bytes("*")) == .cancelled)
    }

    @Test func `the server's side survives nonsense`() {
        var unknown = SASLServerExchange("GSSAPI x")
        #expect(unknown.start() == .unknownMechanism)
        var empty = SASLServerExchange("")
        #expect(empty.start() == .unknownMechanism)
        for argument in ["PLAIN =", "PLAIN !!!!", "PLAIN AA==", "PLAIN dGlt"] {
            var exchange = SASLServerExchange(argument)
            guard case .malformed = exchange.start() else {
                Issue.record("\(argument) was taken")
                continue
            }
        }
    }
}
