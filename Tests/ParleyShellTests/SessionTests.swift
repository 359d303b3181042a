import ParleyEngine
import ParleyShell
import Testing

/// Several sessions, their ends and new beginnings, and lines that are typed raw.
@Suite struct SessionTests {
    @Test func `sessions are used by name or number`() async {
        let talk = await ShellHarness()
        await talk.type(ShellHarness.connected + ["connect smtp ${mx.address} as two"])
        _ = talk.taken()
        await talk.type(":sessions")
        let shown = talk.taken()
        #expect(shown.hasPrefix("  1  smtp") && shown.contains("\n* 2  two"), "\(shown)")
        #expect(await talk.type(":use 1") == .done)
        #expect(talk.shell.prompt.hasPrefix("smtp mx.test"))
        #expect(await talk.type(":use two") == .done)
        #expect(await talk.type(":use 9").isFailure)
        #expect(talk.taken().contains("there are: 1 (smtp), 2 (two)"))
        await talk.shell.close()
    }

    @Test func `reconnect says EHLO, STARTTLS and the login again on request`() async {
        let talk = await ShellHarness { $0.options.environment["WORD"] = "hunter22" }
        await talk.type(
            "secret word = env WORD",
            """
            server mx smtp on 127.0.0.1:auto name mx.test {
                user me ${word}
                on ehlo before tls => 250 "mx.test" offers [STARTTLS]
                on ehlo after tls => 250 "mx.test" offers [AUTH PLAIN]
                on vrfy => 421 4.3.2 "gone"
            }
            """,
            "start mx",
            "connect smtp ${mx.address} name mx.test",
            "ehlo probe.test",
            "starttls",
            "ehlo probe.test",
            "auth plain me ${word}"
        )
        #expect(talk.shell.prompt == "smtp+tls mx.test [auth] > ")
        await talk.type("vrfy root => 421")
        #expect(talk.shell.prompt.hasSuffix("(closed) > "), "\(talk.shell.prompt)")
        #expect(await talk.type(":reconnect auth") == .done, "\(talk.taken())")
        #expect(talk.shell.prompt == "smtp+tls mx.test [auth] > ")
        #expect(await talk.type(":reconnect everything").isFailure)
        await talk.shell.close()
    }

    @Test func `a limit holds for every phase until it is taken off`() async {
        let talk = await ShellHarness()
        await talk.type(
            """
            server slow smtp on 127.0.0.1:auto {
                on noop => stall
            }
            """,
            "start slow",
            "connect smtp ${slow.address}",
            ":timeout 80ms"
        )
        _ = talk.taken()
        await talk.type(":timeout")
        #expect(talk.taken().contains("80ms"))
        #expect(await talk.type("noop").isFailure)
        #expect(talk.taken().contains("smtp.reply.timeout"))
        #expect(await talk.type(":timeout soon").isFailure)
        #expect(await talk.type(":timeout off") == .done)
        _ = talk.taken()
        await talk.type(":timeout")
        #expect(talk.taken().contains("defaults"))
        await talk.shell.close()
    }

    @Test func `a statement is timed with its phases`() async {
        let talk = await ShellHarness()
        await talk.type(ShellHarness.connected)
        _ = talk.taken()
        #expect(await talk.type(":time ehlo probe.test") == .done)
        let shown = talk.taken()
        #expect(shown.contains("took ") && shown.contains("answer "), "\(shown)")
        await talk.type(":time on", "connect smtp ${mx.address} as two")
        let opened = talk.taken()
        #expect(opened.contains("connect ") && opened.contains("greeting "), "\(opened)")
        await talk.type(":time off", "noop")
        #expect(!talk.taken().contains("took "))
        await talk.shell.close()
    }

    @Test func `the dialogue shows as one wants it, and a failure shows what was received`() async {
        let talk = await ShellHarness()
        await talk.type(ShellHarness.connected + ["ehlo probe.test", ":trace raw"])
        _ = talk.taken()
        await talk.type("noop")
        #expect(talk.taken().contains("C \"NOOP\\r\\n\""))
        await talk.type(":trace hex", "noop")
        #expect(talk.taken().contains("4e 4f 4f 50 0d 0a"))
        await talk.type(":trace off", "noop", "mail a@b.test")
        #expect(talk.taken().isEmpty)
        await talk.type("rcpt no@mx.test")
        let shown = talk.taken()
        #expect(shown.contains("S 550 5.1.1 User unknown"), "\(shown)")
        #expect(await talk.type(":trace sometimes").isFailure)
        await talk.shell.close()
    }

    @Test func `raw lines go out as typed, and replies show`() async {
        let talk = await ShellHarness()
        await talk.type(ShellHarness.connected)
        #expect(await talk.type(":raw") == .done)
        #expect(talk.shell.prompt == "smtp mx.test [raw] > ")
        _ = talk.taken()
        #expect(!talk.shell.needsMore("MAIL {"))
        await talk.type("EHLO probe.test", "MAIL FROM:<a@b.test>", "RCPT TO:<c@mx.test>", "DATA")
        let shown = talk.taken()
        #expect(shown.contains("C MAIL FROM:<a@b.test>") && shown.contains("S 354"), "\(shown)")
        // A dot ends the message, and only then raw typing.
        await talk.type("Subject: x", "", "let a = 1", ".")
        #expect(talk.shell.prompt.contains("[raw]"))
        #expect(talk.taken().contains("S 250"))
        await talk.type(".")
        #expect(talk.shell.prompt == "smtp mx.test > ")
        #expect(await talk.type("noop") == .done)
        await talk.shell.close()
    }

    @Test func `raw typing warns where a script would be refused`() async {
        let talk = await ShellHarness()
        await talk.type(
            """
            server odd smtp on 127.0.0.1:auto {
                on noop => 250 2.0.0 "one" after 3500ms
                on vrfy => drop
            }
            """,
            "start odd",
            "connect smtp ${odd.address}",
            ":raw"
        )
        await talk.type("NOOP")
        #expect(talk.taken().contains("no answer within 2s"))
        await talk.type("STARTTLS")
        let shown = talk.taken()
        #expect(shown.contains("no handshake follows"), "\(shown)")
        await talk.type("VRFY root")
        #expect(!talk.shell.prompt.contains("[raw]"))
        #expect(await talk.type(":raw").isFailure)
        await talk.shell.close()
    }
}
