import Glibc
import ParleyDiagnostics
import ParleyEngine

/// What is typed and never shown.
extension Editing {
    private static let limit = 4096

    /// Asks for a secret, which ^C, ^D and the input's end give up.
    func secret(_ prompt: String) -> SecretAnswer {
        let safe = DisplayText.safe(prompt)
        let shown = safe + (safe.hasSuffix(" ") ? "" : safe.hasSuffix(":") ? " " : ": ")
        secretPrompt = shown
        tcsetattr(STDIN_FILENO, TCSADRAIN, &editingModes)
        write(shown)
        defer {
            secretPrompt = nil
            outcome = nil
            tcsetattr(STDIN_FILENO, TCSADRAIN, &waitingModes)
        }
        var typed: [Unicode.Scalar] = []
        while let scalar = nextScalar() {
            switch scalar {
            case "\r", "\n":
                write("\n")
                return .typed(Array(String(scalars: typed).utf8))
            case "\u{3}":
                write("^C\n")
                return .abandoned
            case "\u{4}" where typed.isEmpty:
                write("\n")
                return .abandoned
            case "\u{8}", "\u{7F}": _ = typed.popLast()
            case "\u{15}", "\u{17}": typed = []
            case "\u{1A}": kill(0, SIGTSTP)
            case "\u{1B}": input.skipSequence()
            case _ where scalar.value < 0x20 && scalar != "\t": break
            default: if typed.count < Self.limit { typed.append(scalar) }
            }
        }
        write("\n")
        return .abandoned
    }
}
