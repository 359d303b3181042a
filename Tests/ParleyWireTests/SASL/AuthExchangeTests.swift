import ParleyVerbs
import ParleyWire
import Testing

@Suite struct AuthExchangeTests {
    /// A client that may log in, with the nonce of RFC 7677.
    private func ready(
        _ mechanisms: String,
        limits: WireLimits = WireLimits()
    ) throws -> SMTPClient {
        let client = SMTPClient(
            defaultName: "probe.test",
            limits: limits,
            makeNonce: { bytes("rOprNGfwEbeRWgbNEkqO") }
        )
        client.greeted(try reply("220 mx.test ESMTP\r\n"))
        _ = try client.begin(call("ehlo"), isEncrypted: true)
        _ = try client.resume(try reply("250-mx.test\r\n250 AUTH \(mechanisms)\r\n"))
        return client
    }

    private func challenge(_ text: String) throws -> Reply {
        try reply("334 " + ParleyWireTests.text(Base64.encode(bytes(text))) + "\r\n")
    }

    private func answer(_ step: VerbStep) throws -> String {
        let sent = try #require(step.sent)
        #expect(sent.hasSuffix("\r\n"))
        return text(try #require(Base64.decode(bytes(sent).dropLast(2))))
    }

    private let first =
        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
    private let signature = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="

    @Test func `SCRAM goes through, and hides what the password can be guessed from`() throws {
        let client = try ready("PLAIN SCRAM-SHA-256")
        let step = try client.begin(
            call("auth", "scram-sha-256", "user", "pencil"),
            isEncrypted: true
        )
        #expect(
            step.sent == "AUTH SCRAM-SHA-256 biwsbj11c2VyLHI9ck9wck5HZndFYmVSV2diTkVrcU8=\r\n"
        )
        #expect(step.outgoing?.secretRanges == [])
        let proof = try client.resume(try challenge(first))
        #expect(try answer(proof).hasSuffix("p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="))
        let outgoing = try #require(proof.outgoing)
        #expect(outgoing.secretRanges == [0..<outgoing.bytes.count - 2])
        #expect(try client.resume(try challenge(signature)).sent == "\r\n")
        #expect(try client.resume(try reply("235 2.7.0 ok\r\n")).judged?.code == 235)
        #expect(client.isAuthenticated)
    }

    @Test func `a wrong signature ends the session, whatever the server says then`() throws {
        let client = try ready("SCRAM-SHA-256")
        _ = try client.begin(call("auth", "scram-sha-256", "user", "pencil"), isEncrypted: true)
        _ = try client.resume(try challenge(first))
        let error = #expect(throws: WireError.self) {
            try client.resume(try challenge("v=AAAA"))
        }
        #expect(error?.reason == "auth.refused")
        #expect(!client.isAuthenticated)
        #expect(client.state == "closed")
        // RFC 4954 §4: the server is told, and nothing else may follow.
        #expect(client.farewell() == bytes("*\r\n"))
        #expect(client.farewell() == nil)
        #expect(throws: WireError.self) { try client.begin(call("noop"), isEncrypted: true) }
    }

    @Test func `a success that skips a step is none`() throws {
        for name in ["scram-sha-256", "scram-sha-1", "digest-md5", "cram-md5"] {
            let client = try ready(name)
            _ = try client.begin(call("auth", name, "user", "pencil"), isEncrypted: true)
            let error = #expect(throws: WireError.self) {
                try client.resume(try reply("235 2.7.0 ok\r\n"))
            }
            #expect(error?.reason == "auth.refused")
            #expect(!client.isAuthenticated)
        }
        let client = try ready("PLAIN")
        _ = try client.begin(call("auth", "plain"), isEncrypted: true)
        #expect(try client.resume(try reply("334 \r\n")).sent == "*\r\n")
        #expect(throws: WireError.self) { try client.resume(try reply("235 ok\r\n")) }
    }

    @Test func `a refusal is judged as it comes`() throws {
        for name in ["scram-sha-256", "cram-md5", "digest-md5"] {
            let client = try ready(name)
            _ = try client.begin(call("auth", name, "user", "pencil"), isEncrypted: true)
            #expect(try client.resume(try reply("535 5.7.8 no\r\n")).judged?.code == 535)
            #expect(client.state == "ready")
        }
        let client = try ready("SCRAM-SHA-256")
        _ = try client.begin(call("auth", "scram-sha-256", "user", "pencil"), isEncrypted: true)
        _ = try client.resume(try challenge(first))
        #expect(try client.resume(try challenge("e=invalid-proof")).sent == "\r\n")
        #expect(try client.resume(try reply("535 5.7.8 no\r\n")).judged?.code == 535)
    }

    @Test func `a challenge that is no base64 is refused where it is read`() throws {
        for name in ["scram-sha-256", "scram-sha-1", "digest-md5", "cram-md5"] {
            let client = try ready(name)
            _ = try client.begin(call("auth", name, "user", "pencil"), isEncrypted: true)
            let error = #expect(throws: WireError.self) {
                try client.resume(try reply("334 !garbage\r\n"))
            }
            #expect(
                error?.detail == "AUTH \(name.uppercased()): the server's challenge is no base64"
            )
        }
    }

    @Test(arguments: SASLMechanisms.names)
    func `endless challenges end`(_ name: String) throws {
        let client = try ready(name)
        client.channelBindings = [ChannelBinding(.exporter, [1])]
        var step: VerbStep
        switch SASLMechanisms.mechanism(named: name)?.proof {
        case .nothing: step = try client.begin(call("auth", name), isEncrypted: true)
        default: step = try client.begin(call("auth", name, "a", "b"), isEncrypted: true)
        }
        var sent = 0
        let error = #expect(throws: WireError.self) {
            while step.sent != nil, sent < 100 {
                step = try client.resume(try reply("334 \r\n"))
                sent += 1
            }
        }
        // What proves a password finds the first of these wrong already; what has a token answers.
        let mechanism = try #require(SASLMechanisms.mechanism(named: name))
        let reads = mechanism.readsChallenges && mechanism.proof != .token
        #expect(sent == (reads ? 0 : 16))
        #expect(error?.reason == (reads ? "auth.refused" : "limit.challenges"))
        #expect(client.state == "closed")
        #expect(!client.isAuthenticated)
    }

    @Test func `the limit on challenges can be set`() throws {
        let client = try ready("LOGIN", limits: WireLimits(challenges: 1))
        _ = try client.begin(call("auth", "login", "a", "b"), isEncrypted: true)
        _ = try client.resume(try reply("334 \r\n"))
        let error = #expect(throws: WireError.self) { try client.resume(try reply("334 \r\n")) }
        #expect(error?.reason == "limit.challenges")
    }

    @Test func `the refusal of a token is answered and then judged`() throws {
        for (name, sent) in [("xoauth2", "\r\n"), ("oauthbearer", "AQ==\r\n")] {
            let client = try ready(name)
            let step = try client.begin(call("auth", name, "a@b", "token"), isEncrypted: true)
            let outgoing = try #require(step.outgoing)
            let start = "AUTH \(name) ".utf8.count
            #expect(outgoing.secretRanges == [start..<outgoing.bytes.count - 2])
            #expect(try client.resume(try challenge(#"{"status":"401"}"#)).sent == sent)
            #expect(try client.resume(try reply("535 5.7.8 no\r\n")).judged?.code == 535)
            #expect(!client.isAuthenticated)
        }
    }

    @Test func `a token too long for the command's line waits for a challenge`() throws {
        for (length, isDelayed) in [(349, false), (350, true), (4000, true)] {
            let client = try ready("XOAUTH2")
            let token = String(repeating: "t", count: length)
            let step = try client.begin(call("auth", "xoauth2", "a@b", token), isEncrypted: true)
            #expect(try #require(step.outgoing).bytes.count <= 512)
            #expect((step.sent == "AUTH XOAUTH2\r\n") == isDelayed)
            guard isDelayed else { continue }
            let late = try client.resume(try reply("334 \r\n"))
            #expect(try answer(late).contains(token))
            #expect(late.outgoing?.secretRanges.count == 1)
            #expect(try client.resume(try reply("235 2.7.0 ok\r\n")).judged?.code == 235)
        }
        let client = try ready("XOAUTH2")
        let token = String(repeating: "t", count: 500)
        _ = try client.begin(call("auth", "xoauth2", "a@b", token), isEncrypted: true)
        #expect(throws: WireError.self) { try client.resume(try reply("235 ok\r\n")) }
    }

    @Test func `EXTERNAL and ANONYMOUS need no credentials and take no password`() throws {
        for name in ["EXTERNAL", "ANONYMOUS"] {
            let bare = try ready(name).begin(call("auth", name), isEncrypted: true)
            #expect(bare.sent == "AUTH \(name) =\r\n")
            let named = try ready(name).begin(call("auth", name, "sirhc"), isEncrypted: false)
            #expect(named.sent == "AUTH \(name) c2lyaGM=\r\n")
            let client = try ready(name)
            let error = #expect(throws: WireError.self) {
                try client.begin(call("auth", name, "a", "b"), isEncrypted: true)
            }
            #expect(error?.reason == "script.verb")
        }
    }

    @Test func `the best mechanism is the strongest that is offered`() throws {
        let offers = [
            ("PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256", "AUTH SCRAM-SHA-256 "),
            ("PLAIN cram-md5", "AUTH CRAM-MD5\r\n"), ("XOAUTH2 LOGIN PLAIN", "AUTH PLAIN "),
        ]
        for (offered, sent) in offers {
            let step = try ready(offered).begin(call("auth", "best", "a", "b"), isEncrypted: true)
            #expect(step.sent?.hasPrefix(sent) == true)
        }
        func reason(_ offered: String, _ call: VerbCall, isEncrypted: Bool = true) throws -> String?
        {
            let client = try ready(offered)
            return #expect(throws: WireError.self) {
                try client.begin(call, isEncrypted: isEncrypted)
            }?.reason
        }
        #expect(try reason("XOAUTH2 GSSAPI", call("auth", "best", "a", "b")) == "auth.mechanism")
        #expect(try reason("PLAIN", call("auth", "best")) == "script.verb")
        #expect(try reason("PLAIN", call("auth", "best", "a")) == "script.verb")
        let clear = try call("auth", "best", "a", "b")
        #expect(try reason("SCRAM-SHA-256", clear, isEncrypted: false) == "auth.clear")
    }

    @Test func `DIGEST-MD5 names the server as it names itself`() throws {
        let client = try ready("DIGEST-MD5")
        _ = try client.begin(call("auth", "digest-md5", "a", "b"), isEncrypted: true)
        let step = try client.resume(try challenge(#"nonce="x",algorithm=md5-sess"#))
        #expect(try answer(step).contains(#"digest-uri="smtp/mx.test""#))
        #expect(step.outgoing?.secretRanges.count == 1)
    }
}
