import Foundation
import Testing

/// `parley run --step`, `--break` and `--repl-on-fail`, with commands from a pipe.
@Suite struct DebugTests {
    private static let script = """
        server mx smtp on 127.0.0.1:auto {
            on rcpt /^no/ => 550 5.1.1 "User unknown"
        }

        dialogue envelope(who) {
            mail a@example.net
            rcpt ${who}
        }

        test "two envelopes" {
            start mx
            connect smtp ${mx.address}
            ehlo probe.test

            for number in range(0, 2) {
                let user = "u${number}@example.net"
                do envelope(user)
                rset
            }
            quit
        }

        """

    private static let failing = """
        server mx smtp on 127.0.0.1:auto {
            on rcpt => 550 5.1.1 "User unknown"
        }

        test "one recipient" {
            start mx
            connect smtp ${mx.address}
            ehlo probe.test
            let sender = "a@example.net"
            mail ${sender}
            rcpt b@example.net => 250
            quit
        }

        """

    private func debug(
        _ arguments: [String],
        of script: String = DebugTests.script,
        typing lines: String...
    ) throws -> Tool.Outcome {
        var outcome = Tool.Outcome(status: -1, output: "", errors: "")
        try Tool.withFolder(["t.parley": script]) { folder in
            outcome = try Tool.run(
                ["run", "t.parley"] + arguments,
                input: lines.map { $0 + "\n" }.joined(),
                in: folder
            )
        }
        return outcome
    }

    @Test func `steps go into a dialogue and round a loop, and the run passes`() throws {
        let outcome = try debug(
            ["--step"],
            typing: "",
            "",
            "",
            "",
            "",
            "",
            ":where",
            "",
            ":finish",
            ":continue"
        )
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        let stops = outcome.output.split(separator: "\n").filter { $0.hasPrefix("stopped at") }
            .compactMap { $0.split(separator: " ").dropFirst(2).first }
        #expect(
            stops == [11, 12, 13, 15, 16, 17, 6, 7, 18].map { "t.parley:\($0)" },
            "\(outcome.output)"
        )
        #expect(outcome.output.contains("done at t.parley:17\n  17│ do envelope(user)"))
        #expect(outcome.output.contains("pass two envelopes"))
    }

    @Test func `help lists the debugger's commands, and none that are refused`() throws {
        let outcome = try debug(["--step"], typing: ":help", ":help finish", ":reset", ":continue")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        for word in [":step, :s", ":break FILE:LINE, :b LINE", ":caps", "QUIT, exit code 130"] {
            #expect(outcome.output.contains(word), "\(word)")
        }
        for word in ["  :reset", "  :record", "take leave of every session"] {
            #expect(!outcome.output.contains(word), "\(word)")
        }
        #expect(outcome.output.ranges(of: "to the end of the dialogue that runs").count == 2)
        #expect(outcome.output.contains("the sessions and names are the script's"))
    }

    @Test func `next goes over a dialogue`() throws {
        let outcome = try debug(
            ["--break", "t.parley:17"],
            typing: ":next",
            ":quit"
        )
        #expect(outcome.output.contains("stopped at t.parley:17"), "\(outcome.output)")
        #expect(outcome.output.contains("stopped at t.parley:18"), "\(outcome.output)")
        #expect(!outcome.output.contains("t.parley:6 "))
    }

    @Test func `at a breakpoint names are known, and the session answers`() throws {
        let outcome = try debug(
            ["--break", "t.parley:18"],
            typing: "user",
            "noop",
            "let mine = user",
            "mine",
            ":continue",
            "number",
            ":continue"
        )
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count { $0 == "\"u0@example.net\"" } == 2, "\(outcome.output)")
        #expect(lines.contains("1"), "\(outcome.output)")
        #expect(outcome.output.contains("C NOOP") && outcome.output.contains("S 250 2.0.0 Ok"))
        #expect(outcome.output.contains("pass two envelopes"))
    }

    @Test func `a line without a statement stands for the next one, and none for a mistake`() throws
    {
        let near = try debug(["--break", "t.parley:14"], typing: ":breaks", ":continue")
        #expect(near.status == 0)
        #expect(near.errors.contains("no statement begins at t.parley:14; stops at t.parley:15"))
        #expect(near.output.contains("stopped at t.parley:15"), "\(near.output)")
        let beyond = try debug(["--break", "t.parley:99"])
        #expect(beyond.status == 2 && beyond.errors.contains("no statement of a test"))
        let other = try debug(["--break", "u.parley:1"])
        #expect(other.status == 2)
    }

    @Test func `a breakpoint can be set at the prompt`() throws {
        let outcome = try debug(["--step"], typing: ":break 20", ":c", ":s")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("stops at t.parley:20"))
        #expect(outcome.output.contains("stopped at t.parley:20"), "\(outcome.output)")
    }

    @Test func `a failure opens the prompt on the live session, and is reported after all`() throws
    {
        let outcome = try debug(
            ["--repl-on-fail"],
            of: Self.failing,
            typing: "sender",
            "reply.code",
            "rset",
            ":continue"
        )
        #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
        let output = outcome.output
        #expect(output.contains("failed at t.parley:11 in ‘one recipient’"), "\(output)")
        #expect(output.contains("11│ rcpt b@example.net => 250"))
        #expect(output.contains("\n\"a@example.net\"\n") && output.contains("\n550  "), "\(output)")
        #expect(output.contains("C RSET") && output.contains("S 250 2.0.0 Ok"), "\(output)")
        #expect(output.contains("FAIL one recipient"), "\(output)")
    }

    @Test func `quit ends the run, and says QUIT`() throws {
        let outcome = try debug(["--trace", "--break", "t.parley:15"], typing: ":quit")
        #expect(outcome.status == 130, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("C QUIT"), "\(outcome.output)")
    }

    @Test func `where nobody types any more, the run goes on by itself`() throws {
        let outcome = try debug(["--step"], typing: "")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }

    @Test func `the clock of a test stands still while it is stopped`() throws {
        let script = Self.failing.replacing("\"one recipient\" {", with: "\"late\" timeout 2s {")
            .replacing("=> 250", with: "=> 550")
        let outcome = try debug(
            ["--break", "t.parley:10"],
            of: script,
            typing: "pause 2100ms",
            ":continue"
        )
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("pass late"))
    }

    @Test func `what makes no sense together is refused`() throws {
        #expect(try debug(["--step", "--timeout", "5s"]).status == 2)
        #expect(try debug(["--step", "--format", "jsonl"]).status == 2)
        #expect(try debug(["--break", "nonsense"]).status == 2)
    }
}
