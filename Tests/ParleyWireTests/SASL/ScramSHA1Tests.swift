import ParleyWire
import Testing

/// RFC 5802.
@Suite struct ScramSHA1Tests {
    /// RFC 5802 §5.
    static let vector = ScramVector(
        type: ScramSHA1Mechanism.self,
        hash: .sha1,
        salt: "QSXCR+Q6sek8bf92",
        client: "fyko+d2lbbFgONRv9qkxdawL",
        server: "3rfcNHYJY1ZVvWVs7j",
        proof: "v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
        signature: "rmF9pqV8S7suAoZWja4dJRkFsKQ="
    )

    @Test func `the client says what the RFC has it say`() throws {
        try Self.vector.playClient()
    }

    @Test func `the server says what the RFC has it say`() {
        Self.vector.playServer()
    }

    @Test func `the -PLUS form is the same, bound to the channel`() throws {
        #expect(ScramSHA1Mechanism.name == "SCRAM-SHA-1" && !ScramSHA1Mechanism.bindsChannel)
        #expect(ScramSHA1PlusMechanism.name == "SCRAM-SHA-1-PLUS")
        try Self.vector.playBound(ScramSHA1PlusMechanism.self)
    }
}
