import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import ParleyReports
import ParleySemantics
import ParleySyntax
import ParleyVerbs
import ParleyWire

extension Shell {
    /// Checks an input and runs its statements one after the other, up to the first that fails.
    func carryOut(_ text: String, isTimed: Bool = false) async -> ShellResponse {
        let source = SourceText(name: inputName, text + "\n")
        let (tree, problems) = Parser.parse(source, separatesAtSemicolons: true)
        if isExpression(tree) {
            return await run(text, isExpression: true, isTimed: isTimed)
        }
        if let pieces = piecesWithExpressions(text) {
            for piece in pieces {
                let response = await carryOut(piece, isTimed: isTimed)
                guard !response.isFailure, !response.isEnd else { return response }
            }
            return .done
        }
        guard problems.isEmpty else {
            let secrets = InputSecrets.ranges(in: source, answersLogin: answersLogin)
            source.hide(InputSecrets.hidden(in: source, besides: secrets))
            return refuse(problems)
        }
        for statement in tree.statements {
            let alone = source.text(statement.range)
            let response = await run(
                String(alone),
                isExpression: false,
                isTimed: isTimed
            )
            guard !response.isFailure, !response.isEnd else { return response }
        }
        return .done
    }

    /// The statements of a line of several, if some of them are expressions and the others right.
    private func piecesWithExpressions(_ text: String) -> [String]? {
        guard text.contains(";"), !text.contains("\n") else { return nil }
        let pieces = WrittenInputs.statements(text)
        guard pieces.count > 1 else { return nil }
        let parsed = pieces.map { Parser.parse(SourceText(name: "", $0 + "\n")) }
        let areExpressions = parsed.map { isExpression($0.tree) }
        let areRight = zip(parsed, areExpressions).allSatisfy { $0.diagnostics.isEmpty || $1 }
        return areExpressions.contains(true) && areRight ? pieces : nil
    }

    /// Whether the input is no statement, but something to be shown.
    private func isExpression(_ tree: SyntaxTree) -> Bool {
        guard tree.statements.count == 1, let statement = tree.statements.first,
            statement.label == nil
        else { return false }
        let first = String(tree.source.text(statement.range).prefix { $0 != " " })
        guard !Self.firstWords.contains(first) else { return false }
        // `QUIT` is a verb as people know it from the wire, unless something is called so.
        let isName = checker.names.contains { $0.name == first }
        guard isName || !Self.firstWords.contains(first.asciiLowercased) else { return false }
        switch statement.kind {
        case .verb, .malformed: break
        default: return false
        }
        // A misspelt verb is told as one.
        let text = tree.source.text(statement.range)
        return Parser.parse(SourceText(name: "", text + "\n"), naming: "it").diagnostics.isEmpty
    }

    /// What begins a statement, whatever follows.
    static let firstWords = Set(
        Keywords.statements.map(\.word) + Protocols.registry.verbNames + [
            "connect", "close", "send", "receive", "start", "stop", "resolve", "do",
        ]
    )

    /// Runs one statement.
    func run(
        _ text: String,
        isExpression: Bool,
        isTimed: Bool = false,
        result name: String? = nil,
        isRaw: Bool = false
    ) async -> ShellResponse {
        let source = SourceText(name: inputName, text + "\n")
        let (tree, problems) =
            isExpression ? Parser.parse(source, naming: "it") : Parser.parse(source)
        let names = checker.nameTable
        let earlier = checker.currentSession
        let answersLogin = answersLogin
        let secrets = InputSecrets.ranges(in: source, answersLogin: answersLogin)
        source.hide(secrets)
        let (piece, found) = checker.check(tree)
        let diagnostics = problems + found
        guard let piece, !diagnostics.contains(where: { $0.severity == .error }) else {
            source.hide(InputSecrets.hidden(in: source, besides: secrets))
            return refuse(diagnostics)
        }
        if !diagnostics.isEmpty { _ = refuse(diagnostics) }
        let result = isExpression ? checker.variable(named: "it") : name.flatMap(checker.variable)
        output.beginPhases()
        let number = configuration.options.recorder?.beginStatement() ?? 0
        let outcome = await live.run(LivePiece(limited(piece), result: result))
        let clock = output.endPhases()
        let checked = piece.program.tests.first?.body.statements ?? []
        take(
            ShellEntry(
                text: ShellEntry.written(text, isExpression: isExpression),
                tree: isExpression ? ShellEntry.tree(ofExpression: text) : tree,
                checked: checked,
                namesBefore: names,
                slot: ShellEntry.slot(of: checked) ?? earlier,
                outcome: outcome,
                isExpression: isExpression,
                isRaw: isRaw,
                answersLogin: answersLogin,
                number: number
            )
        )
        checker.settle(open: sessions.filter(\.canGoOn).map(\.slot), earlier: earlier)
        if let value = outcome.value, isExpression {
            let now = await live.wallClock()
            output.show { ValueText(text: $0, now: now).lines(of: value) }
        }
        if settings.isTimed || isTimed { tell(clock, outcome.took) }
        return ShellResponse(exitCode: outcome.exitCode)
    }

    /// The piece with the limits that `:timeout` has set.
    func limited(_ piece: InteractiveChecker.Piece) -> InteractiveChecker.Piece {
        guard let limit = settings.limit else { return piece }
        var piece = piece
        piece.program.limits.dns = limit
        piece.program.limits.connect = limit
        piece.program.limits.tls = limit
        piece.program.limits.greeting = limit
        piece.program.limits.replies = ["reply": limit]
        return piece
    }

    /// Shows how long a statement took.
    private func tell(_ clock: PhaseClock, _ took: Int64) {
        output.show { text in
            let phases = clock.phases.map { "\($0.name) \(text.duration($0.took))" }
            let detail = phases.isEmpty ? "" : ": " + phases.joined(separator: ", ")
            return [text.dim("took \(text.duration(took))\(detail)")]
        }
    }

    /// Shows what is wrong with an input.
    func refuse(_ diagnostics: [Diagnostic]) -> ShellResponse {
        let renderer = DiagnosticRenderer(
            style: TerminalStyle(isColored: configuration.style.isColored),
            isUnicode: configuration.style.isUnicode
        )
        let lines = renderer.render(diagnostics).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        lastRefusal = diagnostics.first { $0.severity == .error }?.code ?? lastRefusal
        output.show(lines.map { String($0) }.reversed().drop { $0.isEmpty }.reversed())
        return .mistaken
    }

    /// Keeps what a statement came to, and shows what it found.
    private func take(_ entry: ShellEntry) {
        let wasOver = sessions.contains { $0.slot == entry.slot && !$0.isOpen }
        sessions = entry.outcome.sessions
        lastRefusal = nil
        noteHandshake(entry)
        // What the dialogue has shown already need not be shown again.
        let dialogues = output.trace == .off ? entry.outcome.dialogues : [:]
        for var finding in entry.outcome.findings {
            if wasOver, ShellEntry.slot(of: entry.checked) == entry.slot, entry.verb != "connect" {
                let way = "`:reconnect` opens the session anew"
                finding.help = finding.help.map { "\($0); \(way)" } ?? way
            }
            // What stands for a line that was typed raw was typed by nobody.
            if entry.isRaw { finding.place.range = SourceRange(0, 0) }
            output.show { $0.lines(of: finding, dialogues: dialogues) }
        }
        if entry.verb == "connect", let slot = checker.currentSession {
            if current?.isOpen == true {
                connects[slot] = entry.text
            } else {
                // It was never open, so nothing can be said on it.
                checker.takeBack()
            }
        }
        if entry.declares, !entry.succeeded {
            // Without a value a name would only be in the way.
            checker.takeBack()
        }
        for session in sessions where session.tls == nil {
            if let offered = session.capabilities { capabilitiesInClear[session.slot] = offered }
        }
        entries.append(entry)
    }

    /// Keeps what a `connect` has seen whose handshake failed, until a session is spoken on.
    private func noteHandshake(_ entry: ShellEntry) {
        let failure = entry.outcome.findings.first { !$0.certificates.isEmpty }
        if entry.verb == "connect", let failure {
            failedHandshake = FailedHandshake(
                message: failure.message,
                reason: failure.reason,
                certificates: failure.certificates
            )
        } else if entry.succeeded, ShellEntry.slot(of: entry.checked) != nil {
            failedHandshake = nil
        }
    }
}

extension LiveSession {
    /// Whether anything can be said on it: nobody has taken leave.
    fileprivate var canGoOn: Bool { isOpen && !["closed", "logout"].contains(state) }
}
