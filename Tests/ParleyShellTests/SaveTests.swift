import Foundation
import ParleyShell
import Testing

/// A conversation becomes a test that is formatted, lint-clean, and passes.
@Suite struct SaveTests {
    private static let polite = """
        server mx smtp on 127.0.0.1:auto name mx.test {
            on ehlo => 250 "mx.test" offers [SIZE 1000, PIPELINING, AUTH PLAIN]
            on mail => 250 2.1.0 "Ok"
            on rcpt /^no/ => 550 5.1.1 "User unknown"
            on body first => 250 2.0.0 "Ok: queued as 4F3A21C0Z"
            on body => 250 2.0.0 "Ok: queued as 9D8E7F6AZ"
            on vrfy /4F3A21C0Z/ first => 250 2.1.5 "in the queue"
            on vrfy /9D8E7F6AZ/ => 250 2.1.5 "in the queue"
            on vrfy => 550 5.1.1 "not in the queue"
        }
        """

    @Test func `what worked stays with its replies, failed tries and looks go`() async throws {
        let save = try await SaveHarness(Self.polite)
        await save.type(
            "connect smtp HOST",
            "✗mail a@b.test",
            "ehlo probe.test",
            "✗elho",
            "reply.code",
            "mail a@b.test as sender",
            "✗rcpt no@mx.test",
            "rcpt no@mx.test => 550",
            "rcpt yes@mx.test => any",
            "expect reply.code == 250",
            "✗expect reply.code == 251",
            "rset",
            "quit"
        )
        let text = try await save.saved()
        #expect(text.hasPrefix("param host: endpoint = \(save.address)\n\n"), "\(text)")
        #expect(text.contains("connect smtp ${host}"))
        #expect(text.contains("mail a@b.test") && text.contains("=> 250 2.1.0\n"))
        #expect(text.contains("rcpt no@mx.test => 550\n"), "\(text)")
        #expect(text.contains("quit") && text.contains("=> 221"))
        #expect(!text.contains("sender") && !text.contains("251") && !text.contains("any"))
        let told = save.told()
        #expect(told.contains("run it: parley run") && told.contains("left out: rcpt no@mx.test"))
        #expect(told.contains("1 value looked at"), "\(told)")
        await save.close()
    }

    @Test func `a number that the server made up is taken from its reply`() async throws {
        let save = try await SaveHarness(Self.polite)
        await save.type(
            "connect smtp HOST; ehlo probe.test; mail a@b.test; rcpt yes@mx.test; data",
            "body \"Subject: x\\r\\n\\r\\nhello\\r\\n\"",
            "vrfy 4F3A21C0Z",
            "log \"queued as 4F3A21C0Z\"",
            "expect \"4F3A21C0Z\" != \"\""
        )
        let text = try await save.saved()
        #expect(text.contains("as accepted\n"), "\(text)")
        #expect(
            text.contains("let id = accepted.text capture /queued as (\\S+)/ default \"?\"")
        )
        #expect(text.contains("vrfy ${id}") && text.contains("log \"queued as ${id}\""))
        #expect(text.contains("expect id != \"\"") && !text.contains("4F3A21C0Z"))
        await save.close()
    }

    @Test func `TLS keeps its clause, the user is a parameter and the password a secret`()
        async throws
    {
        let save = try await SaveHarness(
            """
            server mx smtp on 127.0.0.1:auto name mx.test certificate self-signed {
                user "me too" ${word}
                on ehlo before tls => 250 "mx.test" offers [STARTTLS]
                on ehlo after tls => 250 "mx.test" offers [AUTH PLAIN LOGIN]
            }
            """
        )
        await save.type(
            "connect smtp HOST name mx.test",
            "ehlo probe.test",
            "✗starttls",
            "connect smtp HOST name mx.test as box",
            "ehlo probe.test",
            "starttls verify none",
            "ehlo probe.test",
            "✗auth plain \"me too\" wrong-word",
            "auth plain \"me too\" \"kon\\\"ik $${x} garbusek\"",
            "quit"
        )
        let text = try await save.saved()
        #expect(text.contains("param user") && text.contains("= \"me too\""), "\(text)")
        #expect(text.contains("secret pass = env PROBE_PASS"))
        #expect(text.contains("starttls verify none => 220"), "\(text)")
        #expect(text.contains("auth plain ${user} ${pass} => 235"), "\(text)")
        #expect(!text.contains("wrong-word"))
        #expect(save.told().contains("PROBE_PASS=… parley run"))
        await save.close()
    }

    @Test func `a secret that was declared stays as it was declared`() async throws {
        let save = try await SaveHarness(
            """
            server mx smtp on 127.0.0.1:auto {
                user me ${word}
                on ehlo => 250 "mx.test" offers [AUTH PLAIN]
            }
            """
        )
        await save.type(
            "secret word = env WORD",
            "secret other = env WORD",
            "connect smtp HOST",
            "ehlo probe.test",
            "auth plain me ${word} in clear"
        )
        let text = try await save.saved()
        #expect(text.contains("secret word") && !text.contains("secret other"), "\(text)")
        #expect(text.contains("auth plain ${user} ${word}") && !text.contains("in clear"))
        await save.close()
    }

    @Test func `blocks and texts stay what they are`() async throws {
        let save = try await SaveHarness(Self.polite)
        await save.type(
            "connect smtp HOST",
            "ehlo probe.test",
            "let people = [\"a\", \"b\"]",
            """
            for who in people {
              step "to ${who}" {
                  mail a@b.test
                if who == "a" {
                    rcpt ${who}@mx.test
                } else {
                    rcpt no@mx.test => 550
                }
                rset
              }
            }
            """,
            "mail a@b.test; rcpt yes@mx.test; data",
            "body \"\"\"\n    Subject: zażółć gęślą\n\n      indented\n    .dot\n    \"\"\"",
            """
            pipeline {
                mail a@b.test
                rcpt c@mx.test as third
            }
            """,
            "expect third.code == 250"
        )
        let text = try await save.saved()
        #expect(text.contains("        step \"to ${who}\" {\n            mail a@b.test"), "\(text)")
        #expect(text.contains("zażółć gęślą"))
        #expect(text.contains("rcpt c@mx.test as third"))
        await save.close()
    }

    @Test func `two sessions get labels where the one opened last is not meant`() async throws {
        let save = try await SaveHarness(Self.polite)
        await save.type(
            "connect smtp HOST",
            "ehlo one.test",
            "connect smtp HOST as box",
            "ehlo two.test",
            ":use 1",
            "mail a@one.test",
            "expect reply.code == 250",
            "box: mail a@two.test",
            "rset",
            "expect box.state == \"mail\"",
            ":use box",
            "quit"
        )
        let text = try await save.saved()
        #expect(text.contains("connect smtp ${host} as one"), "\(text)")
        #expect(text.contains("one: mail a@one.test") && text.contains("one: rset"))
        #expect(text.contains("one: expect reply.code == 250"))
        #expect(text.contains("box: mail a@two.test") && text.contains("\n    quit"))
        #expect(text.components(separatedBy: "param host").count == 2)
        await save.close()
    }

    @Test func `names that were bound twice, and sessions opened twice, are told apart`()
        async throws
    {
        let save = try await SaveHarness(Self.polite)
        await save.type(
            "connect smtp HOST as box",
            "let n = 1",
            "n + 1",
            "let n = it + n",
            "require n == 3",
            "ehlo probe.test",
            "close",
            "connect smtp HOST as box",
            "box: ehlo probe.test",
            "expect box.state == \"ready\""
        )
        let text = try await save.saved()
        #expect(text.contains("let it = n + 1") && text.contains("let n2 = it + n"), "\(text)")
        #expect(text.contains("require n2 == 3"))
        #expect(text.contains("as box2") && text.contains("box2: ehlo"))
        await save.close()
    }

    @Test func `what was typed raw is sent and received`() async throws {
        let save = try await SaveHarness(Self.polite)
        await save.type(
            "connect smtp HOST",
            ":raw",
            "EHLO \"odd\" ${name}",
            "VRFY no",
            "MAIL FROM:<a@b.test>",
            ".",
            "quit"
        )
        let text = try await save.saved()
        #expect(text.contains("send \"EHLO \\\"odd\\\" \\x24{name}\""), "\(text)")
        #expect(text.contains("receive reply") && text.contains("=> 250 2.1.0"))
        await save.close()
    }

    @Test func `a raw QUIT is answered, although the server closes behind it`() async throws {
        let save = try await SaveHarness(Self.polite)
        await save.type("connect smtp HOST", ":raw", "EHLO probe.test", "QUIT")
        let text = try await save.saved()
        #expect(text.contains("receive reply => 221") && !text.contains("closed"), "\(text)")
        await save.close()
    }

    @Test func `raw lines of IMAP are answered, those of the farewell too`() async throws {
        let save = try await SaveHarness("server mx imap on 127.0.0.1:auto name mx.test {\n}")
        await save.type("connect imap HOST", ":raw", "a1 NOOP", "a2 CAPABILITY", "a3 LOGOUT")
        let told = save.told()
        #expect(told.contains("S a3 OK") && !told.contains("no answer yet"), "\(told)")
        let text = try await save.saved()
        #expect(text.contains("send \"a3 LOGOUT\"") && text.contains("receive line => any"))
        await save.close()
    }

    @Test func `what the linter takes for an attack is tagged as one`() async throws {
        let save = try await SaveHarness(Self.polite)
        await save.type(
            "connect smtp HOST",
            "ehlo probe.test",
            "step \"s\" {\n    etrn a.test unoffered\n}"
        )
        #expect(try await save.saved().contains("tags [smtp, attack]"))
        await save.close()
    }

    @Test func `a dialogue of a loaded script is used from there`() async throws {
        let save = try await SaveHarness(Self.polite)
        try "dialogue hello(name) {\n    ehlo ${name}\n}\n"
            .write(toFile: save.folder + "/lib.parley", atomically: true, encoding: .utf8)
        await save.type(
            ":load \(save.folder)/lib.parley",
            "connect smtp HOST",
            "do hello(\"probe.test\")",
            "expect offers SIZE"
        )
        let text = try await save.saved()
        #expect(text.hasPrefix("use \"lib.parley\""), "\(text)")
        await save.close()
    }

    @Test func `a server that was scripted is part of the test`() async throws {
        let save = try await SaveHarness(Self.polite)
        await save.type(
            "secret word = env WORD",
            "server own smtp on 127.0.0.1:auto {\n    user me ${word}\n}",
            "start own",
            "connect smtp ${own.address}",
            "noop"
        )
        let text = try await save.saved()
        #expect(
            text.contains("    server own smtp on 127.0.0.1:auto {\n        user me"),
            "\(text)"
        )
        #expect(!text.contains("param"))
        await save.close()
    }

    @Test func `a wrong expectation that the server met otherwise is put right`() async throws {
        let save = try await SaveHarness(Self.polite)
        await save.type(
            "connect smtp HOST",
            "ehlo probe.test",
            "✗mail a@b.test => 550",
            "rcpt yes@mx.test"
        )
        let text = try await save.saved()
        #expect(text.contains("mail a@b.test => 250 2.1.0"), "\(text)")
        await save.close()
    }

    @Test func `nothing is replaced, and nothing empty or secret is written`() async throws {
        let save = try await SaveHarness(Self.polite)
        #expect(await save.talk.type(":save \(save.folder)/x").isFailure)
        #expect(save.told().contains("nothing to save"))
        #expect(await save.talk.type(":save").isFailure)
        await save.type("connect smtp HOST", "noop", "✗:save \(save.folder)/no/x")
        await save.type(":save \(save.folder)/x", "✗:save \(save.folder)/x.parley")
        #expect(save.told().contains("`:save! "))
        await save.type("secret word = env WORD", "noop ${word}; noop garbusek", "rset")
        let text = try String(contentsOfFile: save.folder + "/x.parley", encoding: .utf8)
        #expect(text.contains("test \"x\" tags [smtp] {"))
        await save.close()
    }
}
