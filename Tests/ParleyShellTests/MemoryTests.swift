import ParleyEngine
import ParleyShell
import Testing

/// What a history may keep.
@Suite struct MemoryTests {
    @Test(
        arguments: [
            "auth plain tour wonderland", "auth plian tour wonderland =>",
            "atuh plain tour wonderland", "authplain tour wonderland",
            "connect smtp tour:wonderland@127.0.0.1",
            "box.auth plain tour wonderland", "for x in [1] {\n    auth login tour wonderland\n}",
            "send AUTH PLAIN AHRvdXIAd29uZGVybGFuZA==", "send \"AUTH PLAIN AHRvdXIA\"",
            ":raw AUTH PLAIN AHRvdXIA", "login tour wonderland", "a1 LOGIN tour wonderland",
            "pass wonderland", "secret pw = \"wonderland\"", "secret pw = wonderland",
            "let password = \"wonderland\"", "param probe_pass: string = \"wonderland\"",
            "connect smtp://tour:wonderland@mx.test", "log \"http://tour:wonderland@mx.test/x\"",
            "connect smtp mx.test via socks5 127.0.0.1:1080 user tour password wonderland",
        ]
    )
    func `an input with a password in it is not kept`(_ input: String) async {
        let harness = await ShellHarness()
        #expect(!harness.shell.mayRemember(input), "\(input)")
    }

    @Test(
        arguments: [
            "ehlo probe.test", "auth plain tour ${pw}", "auth scram-sha-256 tour ${pw} => 235",
            "secret pw = prompt \"Password\"", "secret pw = env PROBE_PASS",
            "let passed = 3", "log \"in a while\"", "noop", "let a = 1", "connect smtp mx.test:25",
            "expect offers AUTH", ":caps",
            "log \"see https://example.net/a@b\"", "mail <tour@mx.test>", "",
        ]
    )
    func `an input without one is`(_ input: String) async {
        let harness = await ShellHarness()
        #expect(harness.shell.mayRemember(input), "\(input)")
    }

    @Test func `the value of a secret is known in all its spellings`() async {
        let harness = await ShellHarness {
            $0.options.prompt = { _ in .typed(Array("wonderland".utf8)) }
        }
        #expect(harness.shell.mayRemember("log \"in wonderland\""))
        await harness.type("secret pw = prompt \"Password\"")
        #expect(!harness.shell.mayRemember("log \"in wonderland\""))
        #expect(!harness.shell.mayRemember("log \"d29uZGVybGFuZA==\""))
        #expect(harness.shell.mayRemember("log \"elsewhere\""))
    }
}
