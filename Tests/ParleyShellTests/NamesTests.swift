import ParleyEngine
import ParleyShell
import Testing

/// Names: what they hold, of which kind they are, how they come and go.
@Suite struct NamesTests {
    @Test func `vars shows what names hold, secrets aside`() async {
        let talk = await ShellHarness { $0.options.environment["WORD"] = "hunter22" }
        await talk.type("let answer = 42", "let limit = 20MB", "secret word = env WORD", ":vars")
        let shown = talk.taken()
        #expect(shown.contains("answer  int") && shown.contains("42"))
        #expect(shown.contains("‹secret›") && !shown.contains("hunter22"), "\(shown)")
        await talk.shell.close()
    }

    @Test func `the kind of an expression is told without computing it`() async {
        let talk = await ShellHarness()
        await talk.type(ShellHarness.connected + ["ehlo probe.test"])
        _ = talk.taken()
        #expect(await talk.type(":type reply.code") == .done)
        #expect(talk.taken() == "code")
        await talk.type(":type capabilities")
        #expect(talk.taken().contains(".keywords"))
        await talk.type(":type 30s > 2s")
        #expect(talk.taken() == "bool")
        #expect(await talk.type(":type 30s + 2").isFailure)
        _ = talk.taken()
        await talk.type(":vars")
        #expect(!talk.taken().contains("it "))
        await talk.shell.close()
    }

    @Test func `a name whose value failed is none`() async {
        let talk = await ShellHarness()
        await talk.type("let a = [1][7]", "secret pass = env NO_SUCH_VARIABLE", "let b = 1")
        _ = talk.taken()
        await talk.type(":vars")
        let shown = talk.taken()
        #expect(shown.contains("b  int"), "\(shown)")
        #expect(!shown.contains("pass") && !shown.contains("a  "), "\(shown)")
        #expect(await talk.type("let a = 2") == .done)
        await talk.shell.close()
    }

    @Test func `undo takes names back and says what it cannot`() async {
        let talk = await ShellHarness()
        await talk.type("let a = 1", "let a = 2", ":undo", "a")
        #expect(talk.taken().hasSuffix("\n1"))
        await talk.type(":undo", ":undo")
        #expect(await talk.type("log \"${a}\"").isFailure)
        #expect(await talk.type(":undo").isFailure)
        await talk.type(ShellHarness.connected + ["ehlo probe.test"])
        let response = await talk.type("mail a@probe.test as sender", ":undo")
        #expect(response.edit == "rset")
        #expect(talk.taken().contains("`rset` abandons it"))
        #expect(await talk.type("sender").isFailure)
        #expect(await talk.type("rset") == .done)
        await talk.shell.close()
    }

    @Test func `profiles set parameters`() async {
        let talk = await ShellHarness()
        #expect(await talk.type(":profile").isFailure == false)
        #expect(talk.taken().contains("no profile yet"))
        await talk.type(
            "param host = a.test",
            "profile lab {\n    host = b.test\n}",
            "host",
            ":profile lab",
            "host"
        )
        #expect(talk.taken() == "\"a.test\"\nset: host\n\"b.test\"")
        #expect(await talk.type(":profile lba").isFailure)
        #expect(talk.taken().contains("did you mean ‘lab’?"))
        await talk.type(":profile")
        #expect(talk.taken() == "* lab")
        await talk.shell.close()
    }

    @Test func `history numbers inputs, filters them and hides passwords`() async {
        let talk = await ShellHarness()
        await talk.type("let a = 1", "auth plain user hunter22", "if true {\n    log \"x\"\n}")
        _ = talk.taken()
        await talk.type(":history")
        let shown = talk.taken()
        #expect(shown.contains("1  let a = 1") && shown.contains("auth plain user ‹secret›"))
        #expect(shown.contains("3  if true {\n       log \"x\"\n   }"), "\(shown)")
        await talk.type(":history /^LET/i")
        #expect(talk.taken() == "1  let a = 1")
        await talk.type(":history 1")
        #expect(talk.taken().hasSuffix(":history /^LET/i"))
        #expect(await talk.type(":history /(/").isFailure)
        #expect(talk.taken().contains("the pattern makes no sense: missing closing parenthesis"))
        #expect(await talk.type(":history x").isFailure)
        await talk.shell.close()
    }

    @Test(arguments: [
        ("auth plain user hunter22", true), ("auth plain user ${pass}", false),
        ("auth best \"a b\" \"c d\" in clear", true), ("auth external", false),
        ("send AUTH PLAIN AGEAYg==", true), ("send \"AUTH PLAIN AGEAYg==\"", true),
        ("send \"a1 LOGIN user hunter22\"", true), ("send NOOP", false), ("mail a@b.test", false),
        ("connect smtp a.test via socks5://p:1 user u password hunter22", true),
        ("if true {\n    auth login user hunter22\n}", true),
        ("mail a@b.test; auth plain user hunter22", true), ("let a = 1", false),
    ])
    func `an input that holds a password is known`(_ input: String, _ isSecret: Bool) async {
        let talk = await ShellHarness()
        #expect(talk.shell.carriesSecret(input) == isSecret)
        await talk.shell.close()
    }

    @Test func `an editor changes the last input or one by number`() async {
        let talk = await ShellHarness { $0.editText = { .changed("\($0) + 1\n") } }
        #expect(await talk.type("let a = 1", ":vars", ":edit").edit == "let a = 1 + 1")
        #expect(await talk.type("let b = 2", ":edit 1").edit == "let a = 1 + 1")
        #expect(await talk.type(":edit 99").isFailure)
        await talk.shell.close()
        let bare = await ShellHarness()
        #expect(await bare.type(":edit").isFailure)
        #expect(bare.taken().contains("VISUAL"))
        await bare.shell.close()
        let failing = await ShellHarness {
            $0.editText = { _ in .failed("‘vi’ ended with code 3") }
        }
        #expect(await failing.type("let a = 1", ":edit").isFailure)
        #expect(failing.taken().contains("nothing was changed: ‘vi’ ended with code 3"))
        await failing.shell.close()
    }
}
