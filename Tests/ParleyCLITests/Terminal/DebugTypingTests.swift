import Foundation
import Testing

/// A debugged run at a terminal.
@Suite struct DebugTypingTests {
    private static let script = """
        server mx smtp on 127.0.0.1:auto {
            on vrfy => stall
        }

        test "one envelope" {
            start mx
            connect smtp ${mx.address}
            ehlo probe.test
            rset
            quit
        }

        """

    private func debugging(_ arguments: [String], _ body: (Terminal) throws -> Void) throws {
        try Tool.withFolder(["t.parley": Self.script]) { folder in
            let path = folder.appending(path: "t.parley").path
            let terminal = try Terminal(["run", path] + arguments, state: folder)
            try body(terminal)
        }
    }

    @Test func `lines are edited, and control C drops one`() throws {
        try debugging(["--break", "t.parley:9"]) { terminal in
            try terminal.expectLine("(debug) smtp 127.0.0.1 >")
            #expect(terminal.screen.text.contains("9│ rset"))
            terminal.type(":quit")
            try terminal.expectLine("(debug) smtp 127.0.0.1 > :quit")
            terminal.type("\u{3}")
            try terminal.expect("an empty prompt") { screen in
                screen.text.contains(":quit^C") && screen.line == "(debug) smtp 127.0.0.1 >"
            }
            terminal.type("nop\u{1B}[Do\r")
            try terminal.expect("C NOOP")
            terminal.type(":s\r")
            try terminal.expect("10│ quit")
            terminal.type("\u{4}")
            try terminal.expectEnd(0)
            #expect(terminal.screen.text.contains("1 passed"))
        }
    }

    @Test func `TAB finishes the debugger's commands, and hints at them`() throws {
        try debugging(["--break", "t.parley:9"]) { terminal in
            try terminal.expectLine("(debug) smtp 127.0.0.1 >")
            terminal.type(":bre\t")
            try terminal.expect("both") { screen in
                screen.line == "(debug) smtp 127.0.0.1 > :break"
                    && screen.text.contains("stop at a line of a script")
                    && screen.text.contains("the lines at which it stops")
            }
            try terminal.expect("a hint") { $0.faintText.contains(":break FILE:LINE") }
            terminal.type("\u{15}:conti\t")
            try terminal.expectLine("(debug) smtp 127.0.0.1 > :continue")
            terminal.type("\r")
            try terminal.expectEnd(0)
        }
    }

    @Test func `control C ends what is awaited at a stop, and not the run`() throws {
        try debugging(["--break", "t.parley:9"]) { terminal in
            try terminal.expectLine("(debug) smtp 127.0.0.1 >")
            terminal.type("vrfy nobody\r")
            try terminal.expect("C VRFY")
            terminal.send(SIGINT)
            try terminal.expect("run.interrupted")
            // The session that was awaited is closed; the run goes on and finds it so.
            try terminal.expectLine("(debug) smtp 127.0.0.1 (closed) >")
            terminal.type(":c\r")
            try terminal.expect("1 failed")
            try terminal.expectEnd(1)
        }
    }
}
