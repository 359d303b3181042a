import ParleyVerbs
import ParleyWire
import Testing

@Suite struct ExtensionTests {
    private static let everything = """
        250-mx.test\r\n250-PIPELINING\r\n250-SIZE 1000\r\n250-8BITMIME\r\n250-SMTPUTF8\r
        250-DSN\r\n250-CHUNKING\r\n250-ETRN\r\n250-DELIVERBY 240\r
        250-FUTURERELEASE 86400 2030-01-31T12:00:00Z\r\n250-MT-PRIORITY STANAG4406\r
        250-LIMITS RCPTMAX=20 mailmax=5 RCPTDOMAINMAX=x\r\n250-REQUIRETLS\r\n250-AUTH PLAIN\r
        250-XCLIENT NAME ADDR PORT\r\n250-XFORWARD NAME ADDR\r\n250 PRDR\r\n
        """

    private func ready(_ offer: String = everything) throws -> SMTPClient {
        try client([(call("ehlo"), offer)])
    }

    private func mail(_ words: String...) throws -> VerbCall {
        let spec = try #require(Protocols.registry["smtp"]?.verb("mail"))
        return VerbCall(
            spec,
            arguments: words.enumerated().map {
                VerbArgument(slot: min($0.offset, 1), bytes: bytes($0.element))
            }
        )
    }

    @Test(arguments: [
        "SIZE=1", "BODY=8BITMIME", "SMTPUTF8", "RET=FULL", "ENVID=x", "AUTH=<>", "BY=120;R",
        "HOLDFOR=60", "HOLDUNTIL=2030-01-01T00:00:00Z", "MT-PRIORITY=3", "PRDR",
    ])
    func `a parameter goes out only if its extension is offered`(parameter: String) throws {
        #expect(try reason(ready(), mail("a@b.test", parameter)) == nil)
        let bare = "250-mx.test\r\n250 PIPELINING\r\n"
        #expect(try reason(ready(bare), mail("a@b.test", parameter)) == "smtp.not-offered")
        var daring = try mail("a@b.test", parameter)
        daring.admitsRefusal = true
        #expect(try reason(ready(bare), daring) == nil)
    }

    @Test func `an unknown parameter passes as written`() throws {
        #expect(
            try ready().begin(mail("a@b.test", "X-Odd=1;2", "FLAG"), isEncrypted: false).sent
                == "MAIL FROM:<a@b.test> X-Odd=1;2 FLAG\r\n"
        )
    }

    @Test(arguments: ["SIZE=1 BODY=7BIT", "SIZE=1\t", "RET=HEADERS", "SIZE=x", "BY=0;R", "PRDR=1"])
    func `an inserted value is held against its type before it is sent`(parameter: String) throws {
        #expect(try reason(ready(), mail("a@b.test", parameter)) == "script.verb")
    }

    @Test func `parameters exclude each other, and stand once`() throws {
        #expect(try reason(ready(), mail("a@b.test", "SIZE=1", "size=2")) == "script.verb")
        #expect(
            try reason(ready(), mail("a@b.test", "HOLDFOR=1", "HOLDUNTIL=2030-01-01T00:00:00Z"))
                == "script.verb"
        )
    }

    @Test func `a secret value that is wrong is not quoted`() throws {
        var secret = try mail("a@b.test", "ENVID=hush=hush")
        secret.arguments[1].isSecret = true
        let client = try ready()
        let error = #expect(throws: WireError.self) {
            try client.begin(secret, isEncrypted: true)
        }
        #expect(error?.reason == "script.verb")
        #expect(error?.detail.contains("hush") == false)
    }

    // RFC 8689 §3.
    @Test func `REQUIRETLS counts under TLS only`() throws {
        #expect(try reason(ready(), mail("a@b.test", "REQUIRETLS")) == "smtp.not-offered")
        #expect(try reason(ready(), mail("a@b.test", "REQUIRETLS"), isEncrypted: true) == nil)
    }

    // RFC 6531 §3.4.
    @Test func `a path beyond ASCII needs SMTPUTF8, offered and said`() throws {
        #expect(try reason(ready(), mail("ż@b.test")) == "script.verb")
        #expect(try reason(ready("250 mx.test\r\n"), mail("ż@b.test")) == "smtp.not-offered")
        let client = try ready()
        #expect(try reason(client, mail("ż@b.test", "SMTPUTF8")) == nil)
        _ = try client.resume(try reply("250 ok\r\n"))
        #expect(try reason(client, call("rcpt", "ł@b.test")) == nil)
        let plain = try ready()
        _ = try plain.begin(mail("a@b.test"), isEncrypted: false)
        _ = try plain.resume(try reply("250 ok\r\n"))
        #expect(try reason(plain, call("rcpt", "ł@b.test")) == "script.verb")
    }

    @Test func `capabilities have typed parameters`() throws {
        let offered = try #require(ready().capabilities)
        #expect(offered.deliverByMinimum == 240)
        #expect(offered.holdForMaximum == 86_400)
        #expect(offered.holdUntilMaximum == DateText.seconds("2030-01-31T12:00:00Z"))
        #expect(offered.priorityProfile == "STANAG4406")
        #expect(offered.limit("RCPTMAX") == 20)
        #expect(offered.limit("MAILMAX") == 5)
        #expect(offered.limit("RCPTDOMAINMAX") == nil)
        #expect(try client([(call("ehlo"), "250 x\r\n")]).capabilities?.limit("MAILMAX") == nil)
    }

    @Test func `ETRN asks outside a transaction`() throws {
        let client = try ready()
        #expect(
            try client.begin(call("etrn", "#queue"), isEncrypted: false).sent == "ETRN #queue\r\n"
        )
        _ = try client.resume(try reply("250 ok\r\n"))
        #expect(client.state == "ready")
        #expect(try reason(ready("250 x\r\n"), call("etrn", "b")) == "smtp.not-offered")
    }

    @Test func `XCLIENT begins the session anew`() throws {
        let client = try ready()
        let pose = try call("xclient", "ADDR=2001:db8::1", "name=[TEMPUNAVAIL]")
        #expect(
            try client.begin(pose, isEncrypted: false).sent
                == "XCLIENT ADDR=IPV6:2001:db8::1 name=[TEMPUNAVAIL]\r\n"
        )
        bytes("220 2.0.0.example ESMTP\r\n").withUnsafeBytes { client.receive($0) }
        let greeting = try #require(try client.nextReply())
        #expect(greeting.enhanced == nil)
        _ = try client.resume(greeting)
        #expect(client.state == "greeted")
        #expect(client.capabilities == nil)
        #expect(try reason(client, mail("a@b.test")) == "smtp.out-of-turn")
    }

    @Test func `attributes go out only if the server takes them`() throws {
        #expect(try reason(ready(), call("xclient", "LOGIN=me")) == "smtp.not-offered")
        #expect(try reason(ready(), call("xclient", "PORT=0")) == "script.verb")
        #expect(try reason(ready(), call("xforward", "IDENT=1")) == "smtp.not-offered")
        #expect(
            try ready().begin(call("xforward", "ADDR=192.0.2.1"), isEncrypted: false).sent
                == "XFORWARD ADDR=192.0.2.1\r\n"
        )
    }
}
