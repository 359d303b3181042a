extension Terminal {
    /// A folder for the history, and a terminal with a prompt.
    static func typing(
        _ arguments: [String] = ["repl"],
        columns: Int = 80,
        rows: Int = 24,
        environment: [String: String] = [:],
        prompt: String = "parley>",
        _ body: (Terminal) throws -> Void
    ) throws {
        try Tool.withFolder(["state": ""]) { folder in
            let terminal = try Terminal(
                arguments,
                columns: columns,
                rows: rows,
                environment: environment,
                state: folder
            )
            try terminal.expectLine(prompt)
            try body(terminal)
        }
    }
}
