public import ParleyMachine
public import ParleySemantics

/// A checked piece of a conversation, compiled.
public struct LivePiece: Sendable {
    /// The piece as the checker left it.
    public var piece: InteractiveChecker.Piece
    /// Its code.
    public var program: CompiledProgram
    /// The variable whose value is wanted when it is done.
    public var result: Variable?
    /// The script whose folder holds the files that it may read; `nil` for the conversation's.
    public var path: String?

    /// Compiles a piece.
    public init(_ piece: InteractiveChecker.Piece, result: Variable? = nil) {
        self.piece = piece
        self.program = Compiler.compile(piece.program)
        self.result = result
    }
}

/// What a piece of a conversation came to.
public struct LiveOutcome: Sendable {
    /// The worst of its findings.
    public var verdict: Verdict
    /// What it found, secrets scrubbed.
    public var findings: [Finding]
    /// The code with which a run of the piece would end.
    public var exitCode: Int32 {
        guard verdict >= .fail else { return 0 }
        var exit = ExitCode()
        for finding in findings { exit.add(finding) }
        return max(1, exit.code)
    }
    /// Whether it ended before its last statement.
    public var endedEarly: Bool
    /// The dialogues that its findings need, by session.
    public var dialogues: [Int: Dialogue]
    /// Nanoseconds it took.
    public var took: Int64
    /// The value that was wanted, if it was bound.
    public var value: Value?
    /// The sessions that are there now, open or dead, by slot.
    public var sessions: [LiveSession]
}
