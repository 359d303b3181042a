import ParleyShell
import Testing

/// TLS that fails, and what a person can do about it.
@Suite struct HandshakeTests {
    /// A conversation with a server whose certificate nobody trusts, in front of STARTTLS.
    private func talking() async -> ShellHarness {
        let talk = await ShellHarness()
        await talk.type(
            """
            server mx smtp on 127.0.0.1:auto name mx.test certificate self-signed {
                on ehlo => 250 "mx.test" offers [STARTTLS]
            }
            """,
            "start mx",
            "connect smtp ${mx.address} name mx.test",
            "ehlo a.test"
        )
        _ = talk.taken()
        return talk
    }

    @Test func `a failed handshake is told once, with the way on`() async {
        let talk = await talking()
        #expect(await talk.type("starttls").isFailure)
        let first = talk.taken()
        #expect(first.contains("`ca FILE`") && first.contains("`--ca FILE`"), "\(first)")
        #expect(first.contains("`verify none`") && first.contains("issuer CN=mx.test"))
        for verb in ["noop", "ehlo a.test"] {
            #expect(await talk.type(verb).isFailure)
            let later = talk.taken()
            #expect(later.contains("the session is over, because TLS failed"), "\(later)")
            #expect(later.contains("`:reconnect`") && !later.contains("issuer"), "\(later)")
        }
        #expect(await talk.type(":tls").isFailure)
        let tls = talk.taken()
        #expect(tls.contains("TLS failed: self-signed certificate") && tls.contains("`:cert`"))
        #expect(!tls.contains("the server offers it"))
        #expect(await talk.type(":cert") == .done)
        #expect(await talk.type(":reconnect") == .done)
        #expect(await talk.type("ehlo a.test; starttls verify none") == .done, "\(talk.taken())")
        await talk.shell.close()
    }

    @Test func `the chain of a connect that failed can be looked at`() async {
        let talk = await ShellHarness()
        await talk.type(
            "server mx smtps on 127.0.0.1:auto name mx.test certificate wrong-host {\n}",
            "start mx"
        )
        _ = talk.taken()
        #expect(await talk.type("connect smtps ${mx.address} name mx.test").isFailure)
        #expect(talk.taken().contains("`connect … name HOST`"))
        #expect(await talk.type(":cert") == .done)
        let shown = talk.taken()
        #expect(shown.contains("of a handshake that failed") && shown.contains("1 of "), "\(shown)")
        #expect(await talk.type(":cert pem") == .done)
        #expect(talk.taken().contains("BEGIN CERTIFICATE"))
        #expect(await talk.type(":tls").isFailure)
        #expect(talk.taken().contains("tls.certificate.wrong-host"))
        await talk.type("connect smtps ${mx.address} name mx.test verify none", ":tls")
        #expect(!talk.taken().contains("TLS failed"))
        await talk.shell.close()
    }

    @Test func `a file that a clause may not name is one for the command line`() async {
        let talk = await talking()
        #expect(await talk.type("starttls ca \"/etc/passwd\"").isFailure)
        let shown = talk.taken()
        #expect(shown.contains("outside") && shown.contains("`--ca FILE`"), "\(shown)")
        await talk.shell.close()
    }

    @Test func `a long sentence is wrapped, not cut`() async {
        let talk = await ShellHarness()
        let words = (1...60).map { "word-\($0)" }.joined(separator: " ")
        #expect(await talk.type("fail \"\(words)\"").isFailure)
        let shown = talk.taken()
        let sentence = shown.prefix(while: { $0 != "┌" })
        #expect(sentence.contains("word-60") && !sentence.contains("…"), "\(shown)")
        await talk.shell.close()
    }
}
