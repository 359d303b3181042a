import ParleyWire
import Testing

@Suite struct SASLMechanismTests {
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

    @Test func `every mechanism that is spoken is played by scripted servers too`() {
        #expect(SASLServerMechanisms.names.sorted() == SASLMechanisms.names.sorted())
        for name in SASLServerMechanisms.names {
            #expect(SASLServerMechanisms.exchange(name, SASLServerContext()) != nil, "\(name)")
        }
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
