import ParleyWire
import Testing

@Suite struct ScramTests {
    static let vectors = [ScramSHA1Tests.vector, ScramSHA256Tests.vector]

    private let sha256 = ScramTests.vectors[1]

    @Test(arguments: ScramTests.vectors)
    func `a server that cannot prove itself is refused`(_ vector: ScramVector) throws {
        for answer in [
            "v=AAAA", "v=", "v", "", "v=!!!!", vector.last + "AAAA", "x=AAAA",
            ScramTests.vectors.first { $0.nonce != vector.nonce }?.last ?? "",
        ] {
            var mechanism = try vector.mechanism()
            _ = try mechanism.respond(to: bytes(vector.first))
            let error = #expect(throws: WireError.self) {
                try mechanism.respond(to: bytes(answer))
            }
            #expect(error?.reason == "auth.refused", "\(answer)")
            #expect(throws: WireError.self) { try mechanism.finish() }
        }
        var other = try vector.mechanism(password: "crayon")
        _ = try other.respond(to: bytes(vector.first))
        let error = #expect(throws: WireError.self) {
            try other.respond(to: bytes(vector.last))
        }
        #expect(error?.detail.contains("signature is wrong") == true)
    }

    @Test func `a success without the server's signature is refused`() throws {
        var mechanism = try sha256.mechanism()
        #expect(throws: WireError.self) { try mechanism.finish() }
        _ = try mechanism.respond(to: bytes(sha256.first))
        #expect(throws: WireError.self) { try mechanism.finish() }
        // The server says why it refuses, is answered, and must not say yes then.
        let error = try mechanism.respond(to: bytes("e=invalid-proof"))
        #expect(error == SASLMessage([], isSecret: false))
        #expect(throws: WireError.self) { try mechanism.finish() }
        #expect(try mechanism.respond(to: []) == nil)
    }

    @Test(arguments: [
        ("", "nonce (r=)"),
        ("r", "nonce (r=)"),
        ("garbage", "nonce (r=)"),
        ("s=QSXCR+Q6sek8bf92,i=1", "nonce (r=)"),
        ("m=x,r=abcd,s=QSXC,i=1", "extension (m=)"),
        ("r=abXX,s=QSXC,i=1", "does not extend ours"),
        ("r=,s=QSXC,i=1", "does not extend ours"),
        ("r=abc,s=QSXC,i=1", "no nonce of its own"),
        ("r=abcd e,s=QSXC,i=1", "no printable one"),
        ("r=abcd\u{e9},s=QSXC,i=1", "no printable one"),
        ("r=abcd", "salt (s=)"),
        ("r=abcd,i=1,s=QSXC", "salt (s=)"),
        ("r=abcd,s=,i=1", "empty or no base64"),
        ("r=abcd,s=QSX,i=1", "empty or no base64"),
        ("r=abcd,s=Q!XC,i=1", "empty or no base64"),
        ("r=abcd,s=QSXC", "iteration count (i=)"),
        ("r=abcd,s=QSXC,", "iteration count (i=)"),
        ("r=abcd,s=QSXC,i=", "from 1 to 1000000"),
        ("r=abcd,s=QSXC,i=0", "from 1 to 1000000"),
        ("r=abcd,s=QSXC,i=01", "from 1 to 1000000"),
        ("r=abcd,s=QSXC,i=-1", "from 1 to 1000000"),
        ("r=abcd,s=QSXC,i=1e3", "from 1 to 1000000"),
        ("r=abcd,s=QSXC,i=1000001", "from 1 to 1000000"),
        ("r=abcd,s=QSXC,i=99999999999999999999999", "from 1 to 1000000"),
    ])
    func `a first message that breaks the rules is refused`(
        _ message: String,
        _ words: String
    ) throws {
        var mechanism = try ScramSHA256Mechanism(
            credentials("u", "p"),
            SASLContext(makeNonce: { bytes("abc") })
        )
        let error = #expect(throws: WireError.self) { try mechanism.respond(to: bytes(message)) }
        #expect(error?.reason == "auth.refused")
        #expect(error?.detail.contains(words) == true, "\(error?.detail ?? "")")
        #expect(throws: WireError.self) { try mechanism.finish() }
    }

    @Test func `one iteration will do, and extensions behind the count do not matter`() throws {
        for message in ["r=abcd,s=QSXC,i=1", "r=abcd,s=QSXC,i=1,x=y"] {
            var mechanism = try ScramSHA1Mechanism(
                credentials("u", "p"),
                SASLContext(makeNonce: { bytes("abc") })
            )
            #expect(try mechanism.respond(to: bytes(message))?.isSecret == true)
        }
    }

    @Test func `commas and equals signs in names are escaped, NUL cannot be said`() throws {
        var mechanism = try sha256.mechanism(user: "a=b,c")
        let opening = mechanism.initialResponse()
        let first = try #require(opening)
        #expect(text(first.bytes).hasPrefix("n,,n=a=3Db=2Cc,r="))
        #expect(throws: WireError.self) { try sha256.mechanism(user: "a\0") }
        #expect(throws: WireError.self) { try sha256.mechanism(password: "a\0") }
        var other = try ScramSHA1Mechanism(
            SASLCredentials(authorization: bytes("x,y"), user: bytes("u"), password: []),
            SASLContext(makeNonce: { bytes("abc") })
        )
        #expect(other.initialResponse()?.bytes == bytes("n,a=x=2Cy,n=u,r=abc"))
        let final = try #require(try other.respond(to: bytes("r=abcd,s=QSXC,i=1")))
        #expect(text(final.bytes).hasPrefix("c=bixhPXg9MkN5LA==,r=abcd,p="))
    }

    @Test func `nonces are printable, long, and never the same`() {
        let nonces = (0..<50).map { _ in SASLContext.randomNonce() }
        #expect(Set(nonces).count == nonces.count)
        for nonce in nonces {
            #expect(nonce.count == 24)
            #expect(nonce.allSatisfy { 0x21...0x7E ~= $0 && $0 != 0x2C && $0 != 0x22 })
        }
    }
}
