import ParleyShell
import Testing

/// Lines of the wire where statements stand, as people type them who come from telnet.
@Suite struct WireLineTests {
    @Test(arguments: [
        ("MAIL FROM:<a@b.test> SIZE=100", "write `mail a@b.test SIZE=100`"),
        ("Mail From: <a@b.test>", "write `mail a@b.test`"), ("MAIL FROM:<>", "write `mail <>`"),
        ("RCPT TO:<c@d.test>", "write `rcpt c@d.test`"), ("EHLO x.test", "write `ehlo x.test`"),
        ("EHLO", "write `ehlo`"), ("QUIT", "write `quit`"), ("DATA", "write `data`"),
        ("AUTH PLAIN AHRvdXIAd29u", "write `auth plain USER PASSWORD`"),
    ])
    func `the statement is offered`(_ line: String, _ help: String) async {
        let talk = await ShellHarness()
        await talk.type(line)
        #expect(talk.taken().contains("connect first, `connect smtp HOST:PORT`, then \(help)"))
        await talk.type(ShellHarness.connected)
        _ = talk.taken()
        #expect(await talk.type(line).isFailure)
        let shown = talk.taken()
        #expect(shown.contains("\(help); `:raw` takes lines"), "\(shown)")
        #expect(!shown.contains("AHRvdXIAd29u"), "\(shown)")
        await talk.shell.close()
    }

    @Test func `a tag is none of the person's business, a password nobody's`() async {
        let talk = await ShellHarness()
        await talk.type(
            "server box imap on 127.0.0.1:auto {\n}",
            "start box",
            "connect imap ${box.address}"
        )
        _ = talk.taken()
        #expect(await talk.type("a1 LOGIN tour wonderland").isFailure)
        let shown = talk.taken()
        #expect(shown.contains("write `login tour PASSWORD`"), "\(shown)")
        #expect(!shown.contains("wonderland"), "\(shown)")
        await talk.type("a2 SELECT INBOX")
        #expect(talk.taken().contains("write `select INBOX`"))
        await talk.shell.close()
    }

    @Test func `a name in capitals is still a name`() async {
        let talk = await ShellHarness()
        await talk.type("let QUIT = 3")
        #expect(await talk.type("QUIT") == .done)
        #expect(talk.taken() == "3")
        await talk.shell.close()
    }

    @Test(arguments: [
        ("noop; :caps; quit", ["noop", ":caps", "quit"]),
        ("noop; ehlo a", ["noop; ehlo a"]), (":caps", [":caps"]), (" ", []),
        ("log \"a; :b\"; :save x.parley", ["log \"a; :b\"", ":save x.parley"]),
        (":time noop; noop", [":time noop; noop"]), (":caps;:tls; noop;", [":caps;:tls", "noop;"]),
        (
            "ehlo a\n:caps\nif true {\n    noop\n}\nquit",
            ["ehlo a", ":caps", "if true {\n    noop\n}", "quit"]
        ),
    ])
    func `commands stand among the statements of one text`(_ text: String, _ inputs: [String]) {
        #expect(WrittenInputs.split(text).map { $0 } == inputs)
    }
}
