import ParleyShell

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

    /// All of them, for help and completion.
    static let all = allCases.map { HostCommand($0.rawValue, usage: $0.usage, help: $0.help) }

    private var usage: String {
        switch self {
        case .step: ":step, :s"
        case .next: ":next, :n"
        case .finish: ":finish, :f"
        case .continue: ":continue, :c"
        case .break: ":break FILE:LINE, :b LINE"
        case .breaks: ":breaks"
        case .where: ":where, :w"
        case .quit: ":quit, :q"
        }
    }

    private var help: String {
        switch self {
        case .step: "to the next statement, as an empty line does"
        case .next: "to the next statement, over what `do` does"
        case .finish: "to the end of the dialogue that runs"
        case .continue: "to the next breakpoint"
        case .break: "stop at a line of a script, or of this one"
        case .breaks: "the lines at which it stops"
        case .where: "the statement, and what led to it"
        case .quit: "end the run: sessions say QUIT, exit code 130"
        }
    }
}
