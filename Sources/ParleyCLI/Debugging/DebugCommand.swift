/// A command of the debugger's prompt.
enum DebugCommand: String, CaseIterable {
    case step, next, finish, `continue`, `break`, breaks, `where`, quit

    /// A command by its name or its first letter; `nil` for what is another's.
    init?(_ input: String) {
        guard input.first == ":" else { return nil }
        let word = input.dropFirst().prefix { $0 != " " }
        let letters: [Substring: DebugCommand] = [
            "s": .step, "n": .next, "f": .finish, "c": .continue, "b": .break, "w": .where,
            "q": .quit,
        ]
        guard let command = letters[word] ?? DebugCommand(rawValue: String(word)) else {
            return nil
        }
        self = command
    }

    /// The lines of `:help` about all of them.
    static let help = [
        ":step, :s, or an empty line   to the next statement",
        ":next, :n                     to the next statement, over what `do` does",
        ":finish, :f                   to the end of the dialogue that runs",
        ":continue, :c                 to the next breakpoint",
        ":break FILE:LINE, :breaks     stop at a line; the lines at which it stops",
        ":where, :w                    the statement, and what led to it",
        ":quit, :q                     end the run: sessions say QUIT, exit code 130",
    ]
}
