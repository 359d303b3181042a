import ParleyVerbs
import Testing

@Suite struct VerbTests {
    private static let ehlo = VerbSpec("ehlo", help: "say who we are")
    private static let auth = VerbSpec("auth", wire: "AUTH", help: "log in")

    @Test func `a verb goes out in upper case unless its row says otherwise`() {
        #expect(Self.ehlo.wireName == "EHLO")
        #expect(VerbSpec("x", wire: "y", help: "").wireName == "y")
        #expect(Self.ehlo.success == .positiveCompletion)
    }

    @Test func `case changes in ASCII only`() {
        #expect("straße-ı".asciiUppercased == "STRAßE-ı")
        #expect("ŻÓŁĆ-ABC".asciiLowercased == "ŻÓŁĆ-abc")
        #expect("az{`@[AZ".asciiUppercased == "AZ{`@[AZ")
    }

    @Test func `a registry finds protocols and names each verb once`() {
        let registry = ProtocolRegistry([
            ProtocolSpec("smtp", family: "smtp", defaultPort: 25, verbs: [Self.ehlo, Self.auth]),
            ProtocolSpec("imap", family: "imap", defaultPort: 143, verbs: [Self.auth]),
        ])
        #expect(registry["smtp"]?.verb("auth") === Self.auth)
        #expect(registry["smtp"]?.verb("nope") == nil)
        #expect(registry["pop3"] == nil)
        #expect(registry.verbNames == ["ehlo", "auth"])
    }

    @Test func `a clause is named by its words`() {
        #expect(ClauseSpec(["in", "clear"]).name == "in clear")
        var call = VerbCall(Self.auth)
        #expect(!call.allowsClear)
        call.clauses["in clear"] = VerbArgument(slot: 0, bytes: [])
        #expect(call.allowsClear)
    }
}
