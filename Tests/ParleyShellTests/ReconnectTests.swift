import ParleyEngine
import ParleyShell
import Testing

/// Sessions that end or do not, and those that take their place.
@Suite struct ReconnectTests {
    @Test func `a quit that was not sent ends nothing`() async {
        let talk = await ShellHarness()
        await talk.type(
            ShellHarness.connected + [
                "quit", "connect smtp ${mx.address} name two.test as two", "send NOOP",
            ]
        )
        #expect(await talk.type("quit").isFailure)
        #expect(await talk.type("receive reply; noop") == .done, "\(talk.taken())")
        #expect(await talk.type("if true { \nsend NOOP\nclose\n}") == .done, "\(talk.taken())")
        #expect(await talk.type(":reconnect") == .done, "\(talk.taken())")
        #expect(talk.shell.prompt == "smtp two two.test > ")
        await talk.type("quit")
        _ = talk.taken()
        #expect(await talk.type("noop").isFailure)
        #expect(talk.taken().contains("script.session.over"))
        await talk.shell.close()
    }

    @Test func `a close that was not reached leaves the session current`() async {
        let talk = await ShellHarness()
        await talk.type(ShellHarness.connected + ["ehlo a.test"])
        #expect(await talk.type("step \"x\" {\n    noop => 550\n    close\n}").isFailure)
        #expect(await talk.type("noop") == .done, "\(talk.taken())")
        await talk.shell.close()
    }

    @Test func `whoever speaks on a session that is over is told of the way back`() async {
        let talk = await ShellHarness()
        await talk.type(
            "server mx smtp on 127.0.0.1:auto {\n    on vrfy => 421 4.3.2 \"gone\"\n}",
            "start mx",
            "connect smtp ${mx.address}",
            "vrfy root => 421"
        )
        _ = talk.taken()
        #expect(await talk.type("noop").isFailure)
        #expect(talk.taken().contains("`:reconnect` opens the session anew"))
        #expect(await talk.type("expect reply.code == 250").isFailure)
        #expect(!talk.taken().contains(":reconnect"))
        await talk.shell.close()
    }

    @Test func `what is open is left politely`() async {
        let talk = await ShellHarness()
        await talk.type(ShellHarness.connected)
        _ = talk.taken()
        #expect(await talk.type(":reconnect") == .done)
        #expect(talk.taken().contains("C QUIT"))
        await talk.shell.refresh()
        await talk.type(":sessions")
        let shown = talk.taken()
        #expect(shown.contains("* 2  smtp") && !shown.contains("1  smtp  smtp mx"), "\(shown)")
        await talk.shell.close()
    }

    @Test func `what is not repeated is told, and what is not there to repeat`() async {
        let talk = await ShellHarness { $0.options.environment["WORD"] = "hunter22" }
        await talk.type(
            "secret word = env WORD",
            """
            server mx smtp on 127.0.0.1:auto name mx.test {
                user me ${word}
                on ehlo before tls => 250 "mx.test" offers [STARTTLS]
                on ehlo after tls => 250 "mx.test" offers [AUTH PLAIN]
            }
            """,
            "start mx",
            "connect smtp ${mx.address} name mx.test"
        )
        _ = talk.taken()
        #expect(await talk.type(":reconnect tls") == .done)
        #expect(talk.taken().contains("no STARTTLS on that session to repeat"))
        #expect(await talk.type(":reconnect auth") == .done)
        #expect(talk.taken().contains("no login on that session to repeat"))
        await talk.type(
            "ehlo probe.test",
            "starttls",
            "ehlo probe.test",
            "auth plain me ${word}",
            "mail a@b.test"
        )
        _ = talk.taken()
        #expect(await talk.type(":reconnect tls") == .done)
        #expect(
            talk.taken().contains("not repeated: auth, mail; `:reconnect auth` logs in again")
        )
        #expect(talk.shell.prompt == "smtp+tls mx.test > ")
        // What the session in whose place it stands had, is there to be repeated.
        await talk.type("quit")
        #expect(await talk.type(":reconnect auth") == .done, "\(talk.taken())")
        #expect(talk.shell.prompt == "smtp+tls mx.test [auth] > ")
        await talk.shell.close()
    }

    @Test func `an IMAP login is repeated`() async {
        let talk = await ShellHarness()
        await talk.type(
            "server box imap on 127.0.0.1:auto name box.test {\n    user me \"hunter22\"\n}",
            "start box",
            "connect imap ${box.address} name box.test",
            "login me hunter22",
            "logout"
        )
        #expect(await talk.type(":reconnect auth") == .done, "\(talk.taken())")
        #expect(talk.shell.prompt == "imap box.test [auth] > ", "\(talk.shell.prompt)")
        #expect(!talk.taken().contains("login me hunter22"))
        await talk.shell.close()
    }
}
