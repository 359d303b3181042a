import ParleyWire
import Testing

/// RFC 7677.
@Suite struct ScramSHA256Tests {
    /// RFC 7677 §3.
    static let vector = ScramVector(
        type: ScramSHA256Mechanism.self,
        hash: .sha256,
        salt: "W22ZaJ0SNY7soEsUEjb6gQ==",
        client: "rOprNGfwEbeRWgbNEkqO",
        server: "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
        proof: "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        signature: "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
    )

    @Test func `the client says what the RFC has it say`() throws {
        try Self.vector.playClient()
    }

    @Test func `the server says what the RFC has it say`() {
        Self.vector.playServer()
    }

    @Test func `the -PLUS form is the same, bound to the channel`() throws {
        #expect(ScramSHA256Mechanism.name == "SCRAM-SHA-256" && !ScramSHA256Mechanism.bindsChannel)
        #expect(ScramSHA256PlusMechanism.name == "SCRAM-SHA-256-PLUS")
        try Self.vector.playBound(ScramSHA256PlusMechanism.self)
    }
}
