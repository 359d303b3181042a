import ParleyWire
import Testing

/// RFC 7628.
@Suite struct OAuthBearerTests {
    private let user = credentials("user@example.com", "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==")
    /// RFC 7628 §4.1, with its host and port.
    private let opening =
        "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQ"
        + "zAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2"
        + "c9PQEB"

    // RFC 7628 §4.1, §4.3.
    @Test func `the client says the example, and a Control-A to a refusal`() throws {
        var mechanism = try OAuthBearerMechanism(user, SASLContext())
        mechanism.target = ("server.example.com", 143)
        let initial = mechanism.initialResponse()
        let said = try #require(initial)
        #expect(said.bytes == decoded(opening))
        #expect(said.isSecret)
        let refusal = decoded(
            "eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIiwic2NvcGUiOiJleGFtcGxlX3Njb3BlIiwib3Bl"
                + "bmlkLWNvbmZpZ3VyYXRpb24iOiJodHRwczovL2V4YW1wbGUuY29tLy53ZWxsLWtub3duL29w"
                + "ZW5pZC1jb25maWd1cmF0aW9uIn0="
        )
        #expect(text(refusal).hasPrefix(#"{"status":"invalid_token""#))
        #expect(mechanism.respond(to: refusal) == SASLMessage([1], isSecret: false))
        #expect(mechanism.respond(to: []) == nil)
    }

    @Test func `names are escaped, and may be left out`() throws {
        var bare = try OAuthBearerMechanism(credentials("a,b=c", "t"), SASLContext())
        #expect(bare.opening() == "n,a=a=2Cb=3Dc,\u{1}auth=Bearer t\u{1}\u{1}")
        var nobody = try OAuthBearerMechanism(credentials("", "t"), SASLContext())
        #expect(nobody.opening() == "n,,\u{1}auth=Bearer t\u{1}\u{1}")
        #expect(throws: WireError.self) {
            try OAuthBearerMechanism(credentials("a", "b\u{1}"), SASLContext())
        }
    }

    @Test func `the server takes the example, and refuses another token in JSON first`() {
        let context = SASLServerContext(accounts: [user.user: user.password])
        var server = OAuthBearerServer(context)
        #expect(server.start(decoded(opening)).accepted == user)
        var other = OAuthBearerServer(context)
        let failure = other.start(bytes("n,a=x@y,\u{1}auth=Bearer t\u{1}\u{1}")).refusal
        #expect(failure?.code == .credentials)
        #expect(failure?.data.map(text)?.hasPrefix(#"{"status":"invalid_token""#) == true)
    }

    @Test(arguments: [
        "", "n,,", "n,,\u{1}\u{1}", "x,,\u{1}auth=Bearer t\u{1}\u{1}",
        "n,a=,\u{1}auth=Bearer t\u{1}\u{1}", "n,,\u{1}auth=Bearer t\u{1}",
    ])
    func `a message without header and token is malformed`(_ message: String) {
        var server = OAuthBearerServer(SASLServerContext())
        #expect(server.start(bytes(message)).refusal?.code == .malformed)
    }
}
