import ParleyWire
import Testing

@Suite struct SASLMechanismTests {
    private func credentials(_ user: String, _ password: String = "") -> SASLCredentials {
        SASLCredentials(user: bytes(user), password: bytes(password))
    }

    // RFC 2195 §2.
    @Test func `CRAM-MD5 hashes the challenge with the password`() throws {
        var mechanism = CramMD5Mechanism(credentials("tim", "tanstaaftanstaaf"), SASLContext())
        #expect(mechanism.initialResponse() == nil)
        #expect(throws: WireError.self) { try mechanism.finish() }
        let answer = try mechanism.respond(
            to: bytes("<1896.697170952@postoffice.reston.mci.net>")
        )
        #expect(
            answer == SASLMessage(bytes("tim b913a602c7eda7a495b4e6e7334d3890"), isSecret: true)
        )
        try mechanism.finish()
        #expect(try mechanism.respond(to: bytes("<again>")) == nil)
        var empty = CramMD5Mechanism(credentials("tim", "x"), SASLContext())
        #expect(throws: WireError.self) { try empty.respond(to: []) }
    }

    // Google's description of the mechanism.
    @Test func `XOAUTH2 says user and token, and nothing to a refusal`() throws {
        var mechanism = try XOAuth2Mechanism(
            credentials("someuser@example.com", "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg"),
            SASLContext()
        )
        let opening = mechanism.initialResponse()
        let said = try #require(opening)
        #expect(
            text(Base64.encode(said.bytes))
                == "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxb"
                + "VRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ=="
        )
        #expect(said.isSecret)
        #expect(mechanism.respond(to: bytes("{}")) == SASLMessage([], isSecret: false))
        #expect(mechanism.respond(to: []) == nil)
        #expect(throws: WireError.self) {
            try XOAuth2Mechanism(credentials("a\u{1}", "b"), SASLContext())
        }
    }

    // RFC 7628 §4.1, §4.3.
    @Test func `OAUTHBEARER says user and token, and a Control-A to a refusal`() throws {
        var mechanism = try OAuthBearerMechanism(
            credentials("user@example.com", "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="),
            SASLContext()
        )
        mechanism.target = ("server.example.com", 143)
        let opening = mechanism.initialResponse()
        let said = try #require(opening)
        #expect(
            text(Base64.encode(said.bytes))
                == "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQ"
                + "zAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2"
                + "c9PQEB"
        )
        #expect(said.isSecret)
        #expect(mechanism.respond(to: bytes("{}")) == SASLMessage([1], isSecret: false))
        #expect(mechanism.respond(to: []) == nil)
        var bare = try OAuthBearerMechanism(credentials("a,b=c", "t"), SASLContext())
        #expect(
            bare.initialResponse()?.bytes
                == bytes("n,a=a=2Cb=3Dc,\u{1}auth=Bearer t\u{1}\u{1}")
        )
        var nobody = try OAuthBearerMechanism(credentials("", "t"), SASLContext())
        #expect(nobody.initialResponse()?.bytes == bytes("n,,\u{1}auth=Bearer t\u{1}\u{1}"))
        #expect(throws: WireError.self) {
            try OAuthBearerMechanism(credentials("a", "b\u{1}"), SASLContext())
        }
    }

    // RFC 4422 appendix A, RFC 4505 §3.
    @Test func `EXTERNAL and ANONYMOUS say a name at most`() throws {
        var external = try ExternalMechanism(credentials("fred@example.com"), SASLContext())
        #expect(external.initialResponse()?.bytes == bytes("fred@example.com"))
        #expect(external.respond(to: []) == nil)
        var anonymous = try AnonymousMechanism(credentials("sirhc"), SASLContext())
        let opening = anonymous.initialResponse()
        let trace = try #require(opening)
        #expect(text(Base64.encode(trace.bytes)) == "c2lyaGM=")
        #expect(anonymous.respond(to: []) == nil)
        #expect(throws: WireError.self) {
            try AnonymousMechanism(
                credentials(String(repeating: "x", count: 256)),
                SASLContext()
            )
        }
        #expect(throws: WireError.self) {
            try ExternalMechanism(credentials("a\0"), SASLContext())
        }
    }

    @Test func `every mechanism is found by its name`() {
        #expect(
            SASLMechanisms.names == [
                "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS",
                "SCRAM-SHA-256", "SCRAM-SHA-1", "DIGEST-MD5", "CRAM-MD5", "PLAIN", "LOGIN",
                "OAUTHBEARER", "XOAUTH2", "EXTERNAL", "ANONYMOUS",
            ]
        )
        for name in SASLMechanisms.names {
            #expect(SASLMechanisms.mechanism(named: name.lowercased())?.name == name)
        }
        #expect(SASLMechanisms.mechanism(named: "") == nil)
    }

    @Test func `the strongest mechanism with a password is picked`() {
        var offered = SASLMechanisms.names.shuffled() + ["GSSAPI"]
        #expect(SASLMechanisms.strongest(of: offered, canBind: true)?.name == "SCRAM-SHA-256-PLUS")
        offered.removeAll { $0 == "SCRAM-SHA-256-PLUS" }
        #expect(SASLMechanisms.strongest(of: offered, canBind: true)?.name == "SCRAM-SHA-1-PLUS")
        for name in ["SCRAM-SHA-256", "SCRAM-SHA-1", "DIGEST-MD5", "CRAM-MD5", "PLAIN", "LOGIN"] {
            #expect(SASLMechanisms.strongest(of: offered)?.name == name)
            offered.removeAll { $0 == name }
        }
        #expect(SASLMechanisms.strongest(of: offered) == nil)
    }
}
