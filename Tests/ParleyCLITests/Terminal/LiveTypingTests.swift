import Foundation
import Testing

/// A conversation at a terminal with a server that speaks.
@Suite struct LiveTypingTests {
    /// Goes down behind RSET, when somebody else says NOOP.
    private static let goingDown = """
        connection 1 {
            on rset => 250 2.0.0 "so" await go raw "421 4.3.2 mx.test goes down\\r\\n" drop
        }
        connection 2 {
            on noop => signal go 250
        }
        """

    private func talking(
        _ server: String,
        columns: Int = 80,
        _ body: (Terminal, Int) throws -> Void
    ) throws {
        let mx = try ServingScript(server)
        try Terminal.typing(
            ["repl", "smtp://127.0.0.1:\(mx.port)"],
            columns: columns,
            prompt: "smtp 127.0.0.1 >"
        ) { try body($0, mx.port) }
    }

    @Test func `what a server says unasked stands above what is typed`() throws {
        try talking(Self.goingDown) { terminal, port in
            terminal.type("ehlo probe.test\r")
            try terminal.expect("250 mx")
            terminal.type("rset\r")
            try terminal.expect("2.0.0 so")
            try terminal.expectLine("smtp 127.0.0.1 >")
            terminal.type("mail <ä@probe.tst>\u{1B}[D\u{1B}[D\u{1B}[D")
            try terminal.expectLine("smtp 127.0.0.1 > mail <ä@probe.tst>")
            let other = "connect smtp 127.0.0.1:\(port); noop"
            #expect(try Tool.run("repl", "-c", other).status == 0)
            try terminal.expect("the line below the 421, the prompt closed") { screen in
                screen.text.contains("421 4.3.2 mx.test goes down")
                    && screen.line == "smtp 127.0.0.1 (closed) > mail <ä@probe.tst>"
            }
            // The cursor stands where it stood.
            terminal.type("e")
            try terminal.expectLine("smtp 127.0.0.1 (closed) > mail <ä@probe.test>")
            #expect(terminal.screen.rows.filter { $0.contains("mail <") }.count == 1)
            terminal.type("\u{4}\u{3}\u{4}")
            try terminal.expectEnd(0)
        }
    }

    @Test func `what a server says takes the place of a hint, which comes back`() throws {
        try talking(Self.goingDown) { terminal, port in
            terminal.type("rset\r")
            try terminal.expect("2.0.0 so")
            try terminal.expectLine("smtp 127.0.0.1 >")
            terminal.type("mail ")
            try terminal.expect("a hint") { $0.faintText.contains("REVERSE-PATH") }
            let other = "connect smtp 127.0.0.1:\(port); noop"
            #expect(try Tool.run("repl", "-c", other).status == 0)
            try terminal.expect("the line below the 421, and its hint") { screen in
                screen.text.contains("421 4.3.2 mx.test goes down")
                    && screen.line == "smtp 127.0.0.1 (closed) > mail"
                    && screen.faintText.ranges(of: "REVERSE-PATH").count == 1
            }
        }
    }

    @Test func `mailboxes that the server lists are proposed, in quotes where they need them`()
        throws
    {
        let server = """
            on list => untagged "LIST () \\"/\\" \\"Sent Items\\"" untagged "LIST () NIL Trash" OK
            """
        let box = try ServingScript(server, as: "imap")
        let arguments = ["repl", "imap://127.0.0.1:\(box.port)"]
        try Terminal.typing(arguments, prompt: "imap 127.0.0.1 >") { terminal in
            terminal.type("login reader sesame\r")
            try terminal.expectLine("imap 127.0.0.1 [auth] >")
            terminal.type("list\r")
            try terminal.expect("OK LIST completed")
            terminal.type("select \t")
            try terminal.expect("what is there") { screen in
                screen.text.contains("\nINBOX         \"Sent Items\"  Trash\n")
                    && screen.line == "imap 127.0.0.1 [auth] > select"
            }
            terminal.type("se\t")
            try terminal.expectLine("imap 127.0.0.1 [auth] > select \"Sent Items\"")
            terminal.type("\r")
            try terminal.expect("C A3 SELECT \"Sent Items\"")
        }
    }

    @Test func `control D takes leave of the server`() throws {
        try talking("") { terminal, _ in
            terminal.type("\u{4}")
            try terminal.expectEnd(0)
            #expect(terminal.screen.text.contains("C QUIT"))
        }
    }

    @Test func `SIGTERM takes leave of the server, too`() throws {
        try talking("") { terminal, _ in
            terminal.type("mai")
            try terminal.expectLine("smtp 127.0.0.1 > mai")
            terminal.send(SIGTERM)
            try terminal.expectEnd(143)
            #expect(terminal.screen.text.contains("C QUIT"))
        }
    }

    @Test func `control C ends what is awaited, and typing goes on`() throws {
        try talking("on noop => stall") { terminal, _ in
            terminal.type("noop\r")
            try terminal.expect("C NOOP")
            terminal.type("\u{3}")
            try terminal.expect("a prompt") { $0.line.hasSuffix(" >") }
            terminal.type("1 + 1\r")
            try terminal.expect("\n2\n")
        }
    }
}
