import ParleyDiagnostics
import ParleySyntax

extension Checking {
    /// Begins a piece of a conversation: what was wrong with those before is said and done.
    func begin(_ source: SourceText) {
        self.source = source
        program.sources.append(source)
        reading = [source.name]
        forgetDiagnostics()
    }

    /// One statement of a piece. What stands at the top of a file or inside a test stands here side
    /// by side.
    func piece(_ statement: Statement, of tree: SyntaxTree, into body: inout [CheckedStatement]) {
        switch statement.kind {
        case .binding, .server: self.statement(statement, into: &body)
        case .use, .parameter, .secret, .dialogue, .profile:
            let alone = SyntaxTree(source: tree.source, tokens: [], statements: [statement])
            let unit = FileUnit(scope: scope)
            files[tree.source.name] = unit
            declarations(alone, unit)
            checkServersOfUse()
            fileServersOfUse = []
        case .defaults, .timeouts:
            settings(SyntaxTree(source: tree.source, tokens: [], statements: [statement]))
        case .replay:
            report(
                .structure,
                "`replay` stands in a recording, not in a conversation",
                at: firstWord(statement),
                help: "run a recording with `:run FILE`; `:record FILE` makes one"
            )
        case .finally:
            report(
                .structure,
                "`finally` ends a block; a conversation ends with `quit` or `close`",
                at: firstWord(statement)
            )
        case .test, .cases, .suite, .hook:
            report(
                .structure,
                "a test stands in a file; in a conversation, write its statements alone",
                at: firstWord(statement),
                help: "run a file with `:run FILE`"
            )
        default: self.statement(statement, into: &body)
        }
    }
}
