import ParleyVerbs
import ParleyWire
import Testing

@Suite struct VerbTableTests {
    @Test func `the protocols of the language are all there`() {
        #expect(
            Set(Protocols.registry.protocols.map(\.name)) == [
                "smtp", "smtps", "lmtp", "imap", "imaps", "pop3", "pop3s", "sieve", "sieves",
                "tcp", "tls",
            ]
        )
        let current = Protocols.registry.protocols.filter { !$0.isReserved }
        #expect(current.map(\.name) == ["smtp", "smtps", "tcp", "tls", "lmtp", "imap", "imaps"])
        #expect(Protocols.registry["smtp"]?.defaultPort == 25)
        #expect(Protocols.registry["smtps"]?.defaultPort == 465)
        #expect(Protocols.registry["smtps"]?.isImplicitTLS == true)
    }

    @Test func `every protocol of today has a client`() {
        for spec in Protocols.registry.protocols {
            let client = Protocols.client(for: spec, defaultName: "x")
            #expect((client == nil) == spec.isReserved)
        }
    }

    @Test(arguments: Protocols.registry.protocols.map(\.name))
    func `each table is sound`(name: String) throws {
        let spec = try #require(Protocols.registry[name])
        #expect(Set(spec.verbs.map(\.name)).count == spec.verbs.count)
        for verb in spec.verbs {
            #expect(verb.name == verb.name.asciiLowercased)
            #expect(!verb.help.isEmpty && !verb.help.hasSuffix("."))
            #expect(verb.states.allSatisfy { spec.states.contains($0) })
            #expect(verb.slots.dropLast().allSatisfy { !$0.takesRest })
        }
    }

    // Language reference, rule 6.
    @Test func `no verb is spelt like a statement`() {
        let statements: Set<String> = [
            "after", "before", "cases", "close", "connect", "defaults", "dialogue", "do", "else",
            "eventually", "expect", "fail", "finally", "for", "if", "let", "log", "measure",
            "message", "parallel", "param", "pause", "pipeline", "profile", "receive", "repeat",
            "replay", "require", "resolve", "secret", "send", "server", "skip", "snapshot",
            "start", "step", "stop", "suite", "test", "use", "warn",
        ]
        #expect(statements.isDisjoint(with: Protocols.registry.verbNames))
    }

    @Test func `the verbs of RFC 2920 end a pipeline`() throws {
        let last = SMTPVerbs.table.filter(\.endsPipeline).map(\.name)
        #expect(
            Set(last) == [
                "ehlo", "helo", "data", "auth", "starttls", "vrfy", "expn", "noop", "quit",
                "xclient",
            ]
        )
    }

    @Test func `a raw connection has no verbs and no farewell`() throws {
        let client = RawClient()
        bytes("+OK hello\r\nmore").withUnsafeBytes { client.receive($0) }
        #expect(client.farewell() == nil)
        #expect(throws: WireError.self) { try client.begin(call("noop"), isEncrypted: false) }
        #expect(throws: WireError.self) { try client.nextReply() }
        #expect(try client.nextLine()?.text == "+OK hello")
        #expect(try client.nextBytes(4) == bytes("more"))
        #expect(client.bufferedBytes == 0)
    }
}
