import ParleyShell
import Testing

/// What a person at the prompt can do, without a terminal.
@Suite struct ShellTests {
    @Test func `a statement is said, and the dialogue shows`() async {
        let talk = await ShellHarness()
        #expect(talk.shell.prompt == "parley> ")
        await talk.type(ShellHarness.connected)
        #expect(talk.shell.prompt == "smtp mx.test > ")
        _ = talk.taken()
        #expect(await talk.type("ehlo probe.test") == .done)
        let shown = talk.taken()
        #expect(
            shown.contains("C EHLO probe.test") && shown.contains("S 250-SIZE 1000"),
            "\(shown)"
        )
        await talk.shell.close()
    }

    @Test func `an expression alone shows its value, which is then called it`() async {
        let talk = await ShellHarness()
        await talk.type("20MB + 1MB")
        #expect(talk.taken().hasPrefix("22020096"))
        await talk.type("it > 20MB")
        #expect(talk.taken() == "true")
        await talk.shell.close()
    }

    @Test func `a reply and what is offered show as lines`() async {
        let talk = await ShellHarness()
        await talk.type(ShellHarness.connected + ["ehlo probe.test"])
        _ = talk.taken()
        await talk.type("reply")
        #expect(talk.taken().hasPrefix("250-mx.test\n250-SIZE 1000"))
        await talk.type("capabilities")
        #expect(talk.taken().hasPrefix("SIZE 1000\nSTARTTLS\nAUTH PLAIN"))
        await talk.shell.close()
    }

    @Test func `a failure says what was expected and why, and the session goes on`() async {
        let talk = await ShellHarness()
        await talk.type(ShellHarness.connected + ["ehlo probe.test", "mail a@probe.test"])
        _ = talk.taken()
        #expect(await talk.type("rcpt no@mx.test => 250").isFailure)
        let shown = talk.taken()
        #expect(shown.contains("expected 250, got 550 5.1.1") && shown.contains("smtp.reply"))
        #expect(await talk.type("rcpt yes@mx.test") == .done)
        #expect(await talk.type(":explain") == .done)
        #expect(talk.taken().hasSuffix("the reply was another one"))
        await talk.shell.close()
    }

    @Test func `a wrong line is refused with the way out, and nothing is sent`() async {
        let talk = await ShellHarness()
        await talk.type(ShellHarness.connected)
        _ = talk.taken()
        #expect(await talk.type("elho probe.test").isFailure)
        #expect(talk.taken().contains("ehlo"))
        #expect(await talk.type(":sesions").isFailure)
        #expect(talk.taken().contains("did you mean ‘:sessions’?"))
        await talk.shell.close()
    }

    @Test func `only 235 says that a login succeeded`() async {
        let talk = await ShellHarness()
        await talk.type(
            """
            server mx smtp on 127.0.0.1:auto name mx.test {
                on ehlo => 250 "mx.test" offers [AUTH PLAIN]
                on auth => 250 "ok"
            }
            """,
            "start mx",
            "connect smtp ${mx.address} name mx.test",
            "ehlo probe.test"
        )
        _ = talk.taken()
        #expect(await talk.type("auth plain me wonderland").isFailure)
        let shown = talk.taken()
        #expect(shown.contains("AUTH: expected 235, got 250"), "\(shown)")
        #expect(shown.contains("RFC 4954 §6") && shown.contains("`=> 250` admits it"), "\(shown)")
        #expect(await talk.type("auth plain me wonderland => 250") == .done)
        #expect(talk.shell.prompt == "smtp mx.test > ")
        await talk.shell.close()
    }

    @Test func `commands may be cut short`() async {
        let talk = await ShellHarness()
        await talk.type("let answer = 42", ":va")
        #expect(talk.taken().contains("answer  int"))
        #expect(await talk.type(":q").isEnd)
        await talk.shell.close()
    }

    @Test func `a dead session is shown dead and reconnects`() async {
        let talk = await ShellHarness()
        await talk.type(
            """
            server moody smtp on 127.0.0.1:auto {
                on ehlo first => drop
            }
            """,
            "start moody",
            "connect smtp ${moody.address} as box"
        )
        #expect(await talk.type("ehlo probe.test").isFailure)
        #expect(talk.shell.prompt.hasSuffix("(closed) > "), "\(talk.shell.prompt)")
        #expect(await talk.type(":reconnect") == .done)
        #expect(!talk.shell.prompt.contains("closed"))
        #expect(await talk.type("ehlo probe.test") == .done)
        await talk.shell.close()
    }

    @Test func `half a line is shown once its peer is gone`() async {
        let talk = await ShellHarness()
        await talk.type(
            """
            server mx smtp on 127.0.0.1:auto {
                on ehlo => 250 "mx" raw "421-half of a li" drop
            }
            """,
            "start mx",
            "connect smtp ${mx.address}",
            "ehlo probe.test"
        )
        var shown = talk.taken()
        for _ in 0..<500 where !shown.contains("half of a li") {
            await talk.type("pause 10ms")
            shown += talk.taken()
        }
        #expect(shown.contains("S 421-half of a li"), "\(shown)")
        await talk.shell.close()
    }

    @Test func `several statements in one input run up to the first that fails`() async {
        let talk = await ShellHarness()
        #expect(await talk.type("let a = 1; let b = 2") == .done)
        #expect(await talk.type("require a == 2; let c = 3").isFailure)
        #expect(await talk.type("log \"${c}\"").isFailure)
        await talk.shell.close()
    }

    @Test func `an expression may stand among other statements`() async {
        let talk = await ShellHarness()
        #expect(await talk.type("let z = 5; z; z + 1; let y = \"a; b\"; y") == .done)
        #expect(talk.taken().split(separator: "\n") == ["5", "6", "\"a; b\""])
        #expect(await talk.type("1; rcpt \"").isFailure)
        #expect(!talk.taken().split(separator: "\n").contains("1"))
        await talk.shell.close()
    }

    @Test(arguments: [
        ("server x smtp on 127.0.0.1:auto {", true), ("if a {\n}", false),
        ("if a {\n} else {", true),
        ("message m {\n    text \"\"\"", true), ("let a = (1 +", true), ("rcpt <a(b@c>", false),
        ("# {", false), ("let a = \"(\"", false), ("(1 +", true), ("[\"a\",", true),
        ("range(1,", true), ("range(1,\n2)", false), ("box: rcpt <(a@b>", false),
        ("server x smtp on 127.0.0.1:auto {\non rcpt /(/ => 250\n}", false),
    ])
    func `an open block, text or bracket asks for more`(_ input: String, _ isOpen: Bool) async {
        let talk = await ShellHarness()
        #expect(talk.shell.needsMore(input) == isOpen)
        await talk.shell.close()
    }

    @Test func `what is wrong points into what was typed, by its number`() async {
        let talk = await ShellHarness()
        await talk.type("let a = 1", "a", ":vars", "let b = 2")
        for (input, place, line) in [
            ("nonsense.x", "input 5:1:1", "nonsense.x\n   │ ^^^^^^^^"),
            ("[1][4]", "input 6:1:1", "[1][4]\n  │ ^^^^^^"),
            ("\"a\" + 1", "input 7:1:5", "\"a\" + 1\n   │ --- ^ - int"),
            ("expect a == 2", "input 8:1:1", "expect a == 2\n"),
            (":type \"a\" + 1", "input 9:1:5", "\"a\" + 1\n   │ --- ^ - int"),
            ("(a +\n    nothing)", "input 10:2:5", "    nothing)\n   │     ^^^^^^^"),
        ] {
            _ = talk.taken()
            #expect(await talk.type(input).isFailure)
            let shown = talk.taken()
            #expect(shown.contains(place) && shown.contains(line), "\(input): \(shown)")
            #expect(!shown.contains("let it"), "\(shown)")
        }
        await talk.type("it")
        _ = talk.taken()
        await talk.type("21 * 2", ":undo")
        #expect(talk.taken().contains("undone: 21 * 2"))
        await talk.shell.close()
    }

    @Test func `a line that was typed raw shows no statement that nobody typed`() async {
        let talk = await ShellHarness()
        await talk.type(
            "server odd smtp on 127.0.0.1:auto {\n    on vrfy => raw \"x\\r\\n\"\n}",
            "start odd",
            "connect smtp ${odd.address}",
            ":raw"
        )
        _ = talk.taken()
        await talk.type("VRFY root")
        let shown = talk.taken()
        #expect(shown.contains("smtp.reply") && shown.contains("C VRFY root"), "\(shown)")
        #expect(!shown.contains("receive reply"), "\(shown)")
        await talk.shell.close()
    }

    @Test func `a failure tells with which code a run would end`() async {
        let talk = await ShellHarness()
        await talk.type(ShellHarness.connected + ["ehlo probe.test"])
        for (input, code) in [
            ("expect 1 == 2", 1), ("vrfy x => 550", 1), ("nonsense here", 2), ("let a = b", 2),
            ("foo", 2), ("[1][4]", 2), ("5 ==", 2), (":nonsense", 2), (":use nobody", 2),
            ("lines(\"/none\")", 3), ("connect smtp 127.0.0.1:1", 1), ("1 + 1", 0),
        ] {
            let response = await talk.type(input)
            #expect(response.exitCode == Int32(code), "\(input): \(talk.taken())")
        }
        await talk.shell.close()
    }
}
