import Foundation
import Testing

/// A debugged run at a terminal.
@Suite struct DebugTypingTests {
    private static let script = """
        server mx smtp on 127.0.0.1:auto {
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
        try debugging(["--break", "t.parley:8"]) { terminal in
            try terminal.expectLine("(debug) smtp 127.0.0.1 >")
            #expect(terminal.screen.text.contains("8│ rset"))
            terminal.type(":quit")
            try terminal.expectLine("(debug) smtp 127.0.0.1 > :quit")
            terminal.type("\u{3}")
            try terminal.expect("an empty prompt") { screen in
                screen.text.contains(":quit^C") && screen.line == "(debug) smtp 127.0.0.1 >"
            }
            terminal.type("nop\u{1B}[Do\r")
            try terminal.expect("C NOOP")
            terminal.type(":s\r")
            try terminal.expect("9│ quit")
            terminal.type("\u{4}")
            try terminal.expectEnd(0)
            #expect(terminal.screen.text.contains("1 passed"))
        }
    }

    @Test func `control C ends what is awaited at a stop, and not the run`() throws {
        try debugging(["--break", "t.parley:8"]) { terminal in
            try terminal.expectLine("(debug) smtp 127.0.0.1 >")
            terminal.type("noop; pause 300s\r")
            try terminal.expect("C NOOP")
            terminal.send(SIGINT)
            try terminal.expect("run.interrupted")
            try terminal.expectLine("(debug) smtp 127.0.0.1 >")
            terminal.type(":c\r")
            try terminal.expectEnd(0)
        }
    }
}
