import Foundation
import Testing

/// `parley repl` at a terminal, as a person uses it.
@Suite struct TypingTests {
    @Test func `a prompt stands there, and what is typed is carried out`() throws {
        try Terminal.typing([]) { terminal in
            #expect(terminal.screen.text.contains(":help"))
            try terminal.enter("20MB + 1MB")
            #expect(terminal.screen.text.contains("\n22020096 (21 MiB)\nparley>"))
            terminal.type("\u{4}")
            try terminal.expectEnd(0)
        }
    }

    @Test func `letters outside ASCII are edited one by one, whatever the locale`() throws {
        for locale in ["C.UTF-8", "C", "POSIX", "de_DE.ISO-8859-1"] {
            try Terminal.typing(environment: ["LANG": locale, "LC_ALL": locale]) { terminal in
                // Left over the quote and ü, rubbed out é, typed in ß, and 日 of two columns.
                terminal.type("\"日éü\"\u{1B}[D\u{1B}[D\u{7F}ß")
                try terminal.expectLine("parley> \"日ßü\"")
                try terminal.enter("")
                // What is typed is shown as it is; output keeps to what the locale can show.
                let shown = locale == "C.UTF-8" ? "日ßü" : "\\u{65E5}\\u{DF}\\u{FC}"
                #expect(terminal.screen.text.contains("\"\(shown)\"\nparley>"))
            }
        }
    }

    @Test func `TAB finishes a word, and shows what goes on where several do`() throws {
        try Terminal.typing { terminal in
            terminal.type(":ses\t")
            try terminal.expectLine("parley> :sessions")
            terminal.type("\u{15}:re\t")
            try terminal.expect("the line again below what goes on") { screen in
                screen.line == "parley> :re" && screen.text.contains(":reconnect")
                    && screen.text.contains(":reset") && screen.text.contains(":reply")
            }
            #expect(!terminal.screen.text.contains(":sessions  "))
            // The line goes on where it was.
            terminal.type("con\t")
            try terminal.expectLine("parley> :reconnect")
        }
    }

    @Test func `more ways than the screen holds are counted`() throws {
        try Terminal.typing(columns: 40, rows: 6) { terminal in
            terminal.type(":\t")
            try terminal.expect("a count") { screen in
                screen.line == "parley> :" && screen.text.contains(" more\nparley> :")
            }
            #expect(!terminal.screen.history.contains { $0.hasPrefix(":") })
        }
    }

    @Test func `control C drops what is typed and keeps the conversation`() throws {
        try Terminal.typing { terminal in
            try terminal.enter("let a = 7")
            terminal.type("let a = 8\u{3}")
            try terminal.expect("a fresh prompt") { screen in
                screen.text.contains("let a = 8^C\n") && screen.line == "parley>"
            }
            terminal.type("for x in [1, 2] {\rlog \"never\"\r\u{3}")
            try terminal.expect("a fresh prompt") { screen in
                screen.text.contains("… > ^C\n") && screen.line == "parley>"
            }
            try terminal.enter("a")
            #expect(terminal.screen.text.contains("\n7\nparley>"))
            #expect(!terminal.screen.text.contains("\nnever"))
        }
    }

    @Test func `control C twice at an empty prompt ends it, and says so before`() throws {
        try Terminal.typing { terminal in
            terminal.type("\u{3}")
            try terminal.expect("^C again, or ^D")
            terminal.type("\u{3}")
            try terminal.expectEnd(0)
        }
    }

    @Test func `a block is one input, with a prompt of its own, and one entry`() throws {
        try Terminal.typing { terminal in
            terminal.type("for x in [1, 2] {\r")
            try terminal.expectLine("    … >")
            terminal.type("log \"v${x}\"\r}\r")
            try terminal.expect("v2\nparley>")
            terminal.type("\u{1B}[A")
            try terminal.expect("the whole block") { screen in
                screen.rows.suffix(3) == ["parley> for x in [1, 2] {", "log \"v${x}\"", "}"]
            }
            // Up within the block, an end of line, another letter, and the block is said again.
            terminal.type("\u{1B}[A\u{5}\u{1B}[D!\r")
            try terminal.expect("v2!\nparley>")
        }
    }

    @Test func `several pasted lines are taken one by one, tabs as they are`() throws {
        try Terminal.typing { terminal in
            let lines = "let a = \"x\ty\"\r\nfor x in [1, 2] {\r\n\tlog \"p${x}\"\r\n}\r\na\r\n"
            terminal.type("\u{1B}[200~\(lines)\u{1B}[201~")
            try terminal.expect("\"x\\ty\"\nparley>")
            #expect(terminal.screen.text.contains("p1\np2\nparley>"))
            // Without the marks, several octets at once are a paste as well.
            terminal.type("let b = \"k\tm\"\rb\r")
            try terminal.expect("\"k\\tm\"\nparley>")
            // What is pasted presses no keys.
            terminal.type("\u{1B}[200~\"\u{3}\u{1}q\"\u{1B}[201~")
            try terminal.expectLine("parley> \"q\"")
        }
    }

    @Test func `what was typed comes back in the next conversation`() throws {
        try Tool.withFolder(["state": ""]) { folder in
            let first = try Terminal(state: folder)
            try first.expectLine("parley>")
            try first.enter("let first = 1")
            try first.enter("let second = 2")
            try first.enter("let first = 1")
            first.type("\u{4}")
            try first.expectEnd(0)

            let second = try Terminal(state: folder)
            try second.expectLine("parley>")
            second.type("\u{1B}[A")
            try second.expectLine("parley> let first = 1")
            second.type("\u{1B}[A")
            try second.expectLine("parley> let second = 2")
            second.type("\u{1B}[B\u{1B}[B")
            try second.expectLine("parley>")
            second.type("\u{12}sec")
            try second.expect("let second = 2")
            second.type("\r")
            try second.expectLine("parley>")
            second.type("second\r")
            try second.expect("\n2\nparley>")
        }
    }

    @Test func `a long line stays whole while the terminal changes its width`() throws {
        try Terminal.typing(columns: 60) { terminal in
            terminal.type("log \"\(String(repeating: "abcdefghi ", count: 9))\"")
            try terminal.expect("two rows") { $0.rows.count >= 3 && $0.line.hasSuffix("\"") }
            terminal.resize(columns: 40)
            try terminal.expect("three rows of forty") { screen in
                let rows = screen.rows.suffix(3).joined()
                return rows == "parley> log \"\(String(repeating: "abcdefghi ", count: 9))\""
            }
            terminal.type("\u{7F} end\"\r")
            try terminal.expect("abcdefghi  end\nparley>")
        }
    }

    @Test func `a secret is read without echo, and control C gives it up`() throws {
        try Terminal.typing { terminal in
            terminal.type("secret pass = prompt \"Password\"\r")
            try terminal.expectLine("Password:")
            terminal.type("wonderlant\u{7F}d\r")
            try terminal.expectLine("parley>")
            terminal.type("secret other = prompt \"Other\"\r")
            try terminal.expectLine("Other:")
            terminal.type("half\u{3}")
            try terminal.expect("asked for, and given up")
            try terminal.expectLine("parley>")
            #expect(!terminal.screen.text.contains("there is none"))
            terminal.type("expect other == \"no\"\r")
            try terminal.expect("unknown name ‘other’")
            try terminal.expectLine("parley>")
            terminal.type("secret third = prompt \"Third\"\r")
            try terminal.expectLine("Third:")
            terminal.type("\u{4}")
            try terminal.expect("given up") { screen in
                screen.text.ranges(of: "asked for, and given up").count == 2
            }
            try terminal.expectLine("parley>")
            terminal.type("expect pass == \"no\"\r")
            try terminal.expect("assert.value")
            try terminal.expectLine("parley>")
            #expect(!String(decoding: terminal.written, as: UTF8.self).contains("wonder"))
            #expect(!terminal.screen.text.contains("half"))
        }
    }

    @Test func `signals give the terminal back and end with their number`() throws {
        for (signal, status) in [(SIGTERM, Int32(143)), (SIGHUP, 129)] {
            try Terminal.typing { terminal in
                let before = terminal.modes.c_lflag
                #expect(before & tcflag_t(ECHO) == 0)
                terminal.type("let a = ")
                try terminal.expectLine("parley> let a =")
                terminal.send(signal)
                try terminal.expectEnd(status)
                let flags = tcflag_t(ECHO | ICANON | ISIG)
                #expect(terminal.modes.c_lflag & flags == flags)
            }
        }
    }

    @Test func `a defect gives the terminal back, too`() throws {
        try Terminal.typing { terminal in
            terminal.send(SIGABRT)
            try terminal.expectEnd(70)
            let flags = tcflag_t(ECHO | ICANON | ISIG)
            #expect(terminal.modes.c_lflag & flags == flags)
        }
    }

    @Test func `control Z stops it, and what is typed stands there again afterwards`() throws {
        try Tool.withFolder(["settings": "PS1='shell> '"]) { folder in
            let terminal = try Terminal(
                ["--noprofile", "--rcfile", folder.appending(path: "settings").path, "-i"],
                of: "/bin/bash",
                state: folder
            )
            try terminal.expectLine("shell>")
            terminal.type("\(Tool.binary.path) repl\r")
            try terminal.expectLine("parley>")
            terminal.type("let a = 12")
            try terminal.expectLine("parley> let a = 12")
            terminal.type("\u{1A}")
            try terminal.expect("Stopped")
            try terminal.expectLine("shell>")
            terminal.type("echo still; fg\r")
            try terminal.expect("\nstill\n")
            try terminal.expectLine("parley> let a = 12")
            try terminal.enter("3")
            try terminal.enter("a")
            #expect(terminal.screen.text.contains("\n123\nparley>"))
            terminal.type("\u{4}")
            try terminal.expectLine("shell>")
            terminal.type("exit\r")
            try terminal.expectEnd(0)
        }
    }

    @Test func `an editor of one's own changes the last input`() throws {
        let script = """
            #!/bin/sh
            sed -i s/20MB/30MB/ "$1"
            """
        try Tool.withFolder(["editor": script]) { folder in
            let editor = folder.appending(path: "editor").path
            chmod(editor, 0o755)
            let terminal = try Terminal(environment: ["VISUAL": editor], state: folder)
            try terminal.expectLine("parley>")
            try terminal.enter("20MB + 1MB")
            terminal.type(":edit\r")
            try terminal.expectLine("parley> 30MB + 1MB")
            terminal.type("\r")
            try terminal.expect("\n32505856 (31 MiB)\nparley>")
        }
    }

    @Test func `a history that cannot be kept is told once`() throws {
        try Tool.withFolder(["parley/history/x": ""]) { folder in
            let terminal = try Terminal(columns: 250, state: folder)
            try terminal.expectLine("parley>")
            try terminal.expect("is not kept")
            try terminal.enter("1 + 1")
            try terminal.enter("1 + 2")
            #expect(terminal.screen.text.ranges(of: "is not kept").count == 1)
            #expect(terminal.screen.text.ranges(of: "parley/history: ").count == 1)
        }
    }

    @Test func `a terminal that cannot be edited on still takes lines`() throws {
        try Terminal.typing(environment: ["TERM": "dumb"]) { terminal in
            try terminal.enter("1 + 1")
            #expect(terminal.screen.text.contains("2\nparley>"))
            terminal.type("\u{4}")
            try terminal.expectEnd(0)
        }
    }

    @Test func `without libedit it warns once and takes lines`() throws {
        try Tool.withFolder(["libedit.so.2": "no library"]) { folder in
            let terminal = try Terminal(
                environment: ["LD_LIBRARY_PATH": folder.path],
                state: folder
            )
            try terminal.expect("lines are not edited")
            try terminal.expectLine("parley>")
            try terminal.enter("1 + 1")
            #expect(terminal.screen.text.ranges(of: "not edited").count == 1)
        }
    }
}
