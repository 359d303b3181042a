public import ParleyDiagnostics
public import ParleySyntax
public import ParleyVerbs

/// Checks a conversation piece by piece, as it is typed: each piece sees the names and sessions of
/// those before it.
///
/// A name may be bound again; the later binding hides the earlier one. A piece with an error leaves
/// nothing behind.
public final class InteractiveChecker {
    let checking: Checking
    /// Where each run's pieces begin, to take back those that came to nothing.
    var marks: [Mark] = []

    /// A piece that has passed its checks.
    public struct Piece: Sendable {
        /// A program with one test: the piece. Its frame begins with that of the pieces before.
        public var program: CheckedProgram
        /// How many variables the pieces before have.
        public var earlierVariables: Int
        /// The secrets it declares, to be loaded before it runs.
        public var secrets: [CheckedSecret]
    }

    struct Mark {
        var symbols: [String: Symbol]
        var frame: Frame
        var flow: Flow
        var program: CheckedProgram
    }

    /// A checker that has seen nothing.
    ///
    /// - Parameters:
    ///   - loader: loads the files that `use` names.
    public init(registry: ProtocolRegistry, loader: @escaping Checker.Loader) {
        let empty = SourceText(name: "", "")
        checking = Checking(empty, registry: registry, loader: loader)
        checking.allowsRebinding = true
    }

    /// Checks a piece.
    ///
    /// - Returns: the piece, unless there is any error, and all errors and warnings.
    public func check(_ tree: SyntaxTree) -> (piece: Piece?, diagnostics: [Diagnostic]) {
        let before = mark
        let counts = (
            secrets: checking.program.secrets.count, prelude: checking.program.prelude.count,
            parameters: checking.program.parameters.count
        )
        checking.begin(tree.source)
        var body: [CheckedStatement] = []
        for statement in tree.statements { checking.piece(statement, of: tree, into: &body) }
        let diagnostics = checking.sortedDiagnostics
        guard !diagnostics.contains(where: { $0.severity == .error }) else {
            restore(before)
            return (nil, diagnostics)
        }
        // What a used file declares comes first, in its order.
        let declared =
            checking.program.parameters[counts.parameters...].compactMap { parameter in
                parameter.initial.map { initial in
                    CheckedStatement(
                        place: parameter.place,
                        kind: .bind(parameter.variable, initial)
                    )
                }
            } + checking.program.prelude[counts.prelude...]
        let program = program(of: declared + body, in: tree.source)
        marks.append(before)
        let piece = Piece(
            program: program,
            earlierVariables: before.frame.variableCount,
            secrets: Array(checking.program.secrets[counts.secrets...])
        )
        return (piece, diagnostics)
    }

    /// A program with one test, which does this in the frame of the whole conversation.
    func program(of statements: [CheckedStatement], in source: SourceText) -> CheckedProgram {
        var program = CheckedProgram(sources: checking.program.sources)
        program.servers = checking.program.servers
        program.limits = checking.program.limits
        program.tests = [
            CheckedTest(
                title: CheckedExpression(
                    place: SourcePlace(source, SourceRange(0, 0)),
                    kind: .string,
                    form: .constant(.string("session"))
                ),
                titleTemplate: "session",
                tags: [],
                timeout: nil,
                retries: 0,
                cases: nil,
                // Its sessions outlive it.
                body: CheckedBlock(statements: statements),
                variableCount: checking.frame.variableCount,
                sessionCount: checking.frame.sessions.count,
                place: SourcePlace(source, SourceRange(0, source.bytes.count))
            )
        ]
        return program
    }

    /// Forgets the latest piece: its names, and the session that it failed to open.
    public func takeBack() {
        guard let mark = marks.popLast() else { return }
        restore(mark)
    }

    /// Every name that can be used, with what it stands for: a kind, `session`, `server`,
    /// `dialogue`.
    public var names: [(name: String, kind: String)] {
        checking.scope.symbols.values.map { symbol in
            let kind =
                switch symbol.meaning {
                case .variable(let variable): variable.kind.name
                case .session: "session"
                case .server, .started: "server"
                case .dialogue: "dialogue"
                }
            return (symbol.name, kind)
        }
        .sorted { $0.0 < $1.0 }
    }

    /// What the next piece can name and speak on.
    public var surroundings: Surroundings { checking.surroundings }

    /// The variable of that name.
    public func variable(named name: String) -> Variable? {
        guard case .variable(let variable)? = checking.scope.symbols[name]?.meaning else {
            return nil
        }
        return variable
    }

    /// The slot of the session on which a bare verb speaks.
    public var currentSession: Int? { checking.flow.current }

    /// The slot and the protocol of every session that can be spoken on, oldest first.
    public var openSessions: [(slot: Int, label: String, spec: ProtocolSpec?)] {
        checking.flow.open.map { index in
            let info = checking.frame.sessions[index]
            return (index, info.slot.label, info.spec)
        }
    }

    /// Makes a session current for bare verbs.
    public func makeCurrent(slot: Int) {
        guard checking.flow.open.contains(slot) else { return }
        checking.flow.current = slot
    }

    var mark: Mark {
        Mark(
            symbols: checking.scope.symbols,
            frame: checking.frame,
            flow: checking.flow,
            program: checking.program
        )
    }

    private func restore(_ mark: Mark) {
        checking.scope.replace(mark.symbols)
        checking.frame = mark.frame
        checking.flow = mark.flow
        checking.program = mark.program
    }
}
