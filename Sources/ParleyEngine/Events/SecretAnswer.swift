/// What came of asking for a secret at the terminal.
public enum SecretAnswer: Sendable, Equatable {
    /// It was typed.
    case typed([UInt8])
    /// Whoever was asked gave it up: ^C, or ^D.
    case abandoned
    /// There is no terminal to ask at.
    case noTerminal
}
