import Foundation
import Testing

/// What shows faintly behind the line that is typed.
@Suite struct HintTypingTests {
    @Test func `what a verb takes shows faintly behind the line, and leaves with it`() throws {
        for environment in [["NO_COLOR": "1"], ["NO_COLOR": ""]] {
            try Terminal.typing(environment: environment) { terminal in
                // The welcome is faint, too.
                terminal.type("\u{C}")
                try terminal.expect("a clean screen") { $0.faintText.isEmpty && $0.row == 0 }
                terminal.type("let")
                try terminal.expect("a hint") { screen in
                    screen.line == "parley> let" && screen.faintText.hasPrefix("  # let: ")
                }
                // The cursor stands where the next letter goes.
                #expect(terminal.screen.column == 11)
                terminal.type("s")
                try terminal.expect("no hint") { screen in
                    screen.line == "parley> lets" && screen.faintText.isEmpty
                }
                terminal.type("\u{7F} a = 1\r")
                try terminal.expectLine("parley>")
                #expect(terminal.screen.text.contains("parley> let a = 1\nparley>"))
                terminal.type("pause 1")
                try terminal.expect("a hint") { $0.faintText.contains("pause") }
                // Within the line there is none, and at its end there it is again.
                terminal.type("\u{1B}[D")
                try terminal.expect("no hint") { $0.faintText.isEmpty }
                terminal.type("\u{5}")
                try terminal.expect("a hint") { $0.faintText.contains("pause") }
                terminal.type("\t")
                try terminal.expect("the line again below, with its hint") { screen in
                    screen.rows.count { $0.hasPrefix("parley> pause 1") } == 2
                        && screen.faintText.ranges(of: "  # ").count == 1
                }
                terminal.type("\u{3}")
                try terminal.expectLine("parley>")
                #expect(!terminal.screen.faintText.contains("  # "))
                #expect(terminal.screen.text.contains("parley> pause 1^C\n"))
            }
        }
    }

    @Test func `a hint keeps to the row, and shows only where there is room`() throws {
        try Terminal.typing(columns: 40, rows: 6) { terminal in
            terminal.type("connect ")
            try terminal.expect("a cut hint") { screen in
                screen.faintText.hasPrefix("  # connect ") && screen.faintText.hasSuffix("…")
            }
            #expect(terminal.screen.rows.count == terminal.screen.row + 1)
            terminal.type("smtp mx.example.net nam")
            try terminal.expectLine("parley> connect smtp mx.example.net nam")
            // In the second row there is room again.
            terminal.type("e abcd")
            try terminal.expect("a hint") { screen in
                screen.line == "abcd"
                    || screen.line.hasSuffix(" abcd")
                        && screen.faintText.hasPrefix("  # connect ")
            }
            terminal.resize(columns: 70)
            try terminal.expect("the line and its hint") { screen in
                screen.line == "parley> connect smtp mx.example.net name abcd"
                    && screen.faintText.hasPrefix("  # conn")
            }
            terminal.send(SIGTERM)
            try terminal.expectEnd(143)
            #expect(terminal.screen.faintText.isEmpty)
        }
    }

    @Test func `a paste, a search and a secret bring no hint, nor does a dumb terminal`() throws {
        try Terminal.typing { terminal in
            terminal.type("\u{1B}[200~let pasted = 1\rlet")
            try terminal.expectLine("parley> let")
            Thread.sleep(forTimeInterval: 0.2)
            terminal.type(" ")
            try terminal.expectLine("parley> let")
            terminal.type("other = 2\u{1B}[201~\r")
            try terminal.expect("let other = 2\nparley>")
            #expect(!String(decoding: terminal.written, as: UTF8.self).contains("  # "))
            terminal.type("\u{12}past")
            try terminal.expect("let pasted = 1\nbck:past")
            Thread.sleep(forTimeInterval: 0.2)
            terminal.type("\u{3}")
            try terminal.expectLine("parley>")
            #expect(!String(decoding: terminal.written, as: UTF8.self).contains("  # "))
            terminal.type("secret pass = prompt \"let\"\r")
            try terminal.expectLine("let:")
            let before = terminal.written.count
            terminal.type("let pause")
            Thread.sleep(forTimeInterval: 0.2)
            terminal.type("\r")
            try terminal.expectLine("parley>")
            let after = String(decoding: terminal.written.dropFirst(before), as: UTF8.self)
            #expect(!after.contains("  # "))
        }
        try Terminal.typing(environment: ["TERM": "dumb"]) { terminal in
            terminal.type("let")
            Thread.sleep(forTimeInterval: 0.2)
            terminal.type(" a = 1\r")
            try terminal.expectLine("parley>")
            #expect(!String(decoding: terminal.written, as: UTF8.self).contains("  # "))
        }
    }
}
