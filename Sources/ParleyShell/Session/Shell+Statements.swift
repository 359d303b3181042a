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
    func carryOut(_ text: String) async -> ShellResponse {
        let source = SourceText(name: nextName(), text + "\n")
        let (tree, problems) = Parser.parse(source, separatesAtSemicolons: true)
        if isExpression(tree) {
            return await evaluate(text)
        }
        guard problems.isEmpty else { return refuse(problems) }
        for statement in tree.statements {
            let alone = source.text(statement.range)
            let response = await run(String(alone), isExpression: false)
            guard !response.isFailure, !response.isEnd else { return response }
        }
        return .done
    }

    /// Whether the input is no statement, but something to be shown.
    private func isExpression(_ tree: SyntaxTree) -> Bool {
        guard tree.statements.count == 1, let statement = tree.statements.first,
            statement.label == nil
        else { return false }
        let first = String(tree.source.text(statement.range).prefix { $0 != " " })
        guard !Self.firstWords.contains(first) else { return false }
        switch statement.kind {
        case .verb, .malformed: break
        default: return false
        }
        // A misspelt verb is told as one.
        let text = tree.source.text(statement.range)
        return Parser.parse(SourceText(name: "", "let it = \(text)\n")).diagnostics.isEmpty
    }

    /// What begins a statement, whatever follows.
    private static let firstWords = Set(
        Keywords.statements.map(\.word) + Protocols.registry.verbNames + [
            "connect", "close", "send", "receive", "start", "stop", "resolve", "replay", "do",
        ]
    )

    /// Shows the value of an expression, which `it` holds from now on.
    private func evaluate(_ text: String) async -> ShellResponse {
        await run("let it = " + text, isExpression: true)
    }

    /// Runs one statement.
    func run(_ text: String, isExpression: Bool) async -> ShellResponse {
        let source = SourceText(
            name: isExpression ? nextName() : "line \(inputs.count)",
            text + "\n"
        )
        let (tree, problems) = Parser.parse(source)
        let (piece, found) = checker.check(tree)
        let diagnostics = problems + found
        guard let piece, !diagnostics.contains(where: { $0.severity == .error }) else {
            return refuse(diagnostics)
        }
        if !diagnostics.isEmpty { _ = refuse(diagnostics) }
        let result = isExpression ? checker.variable(named: "it") : nil
        let outcome = await live.run(LivePiece(piece, result: result))
        take(ShellEntry(text: text, tree: tree, outcome: outcome, isExpression: isExpression))
        if let value = outcome.value, isExpression {
            output.show { ValueText(text: $0).lines(of: value) }
        }
        return outcome.verdict >= .fail ? .failed : .done
    }

    /// Shows what is wrong with an input.
    private func refuse(_ diagnostics: [Diagnostic]) -> ShellResponse {
        let renderer = DiagnosticRenderer(
            style: TerminalStyle(isColored: configuration.style.isColored),
            isUnicode: configuration.style.isUnicode
        )
        let lines = renderer.render(diagnostics).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        output.show(lines.map { String($0) }.reversed().drop { $0.isEmpty }.reversed())
        return .failed
    }

    /// Keeps what a statement came to, and shows what it found.
    private func take(_ entry: ShellEntry) {
        sessions = entry.outcome.sessions
        for finding in entry.outcome.findings {
            output.show { $0.lines(of: finding) }
        }
        if entry.verb == "connect", let slot = checker.currentSession {
            if current?.isOpen == true {
                connects[slot] = entry.text
            } else {
                // It was never open, so nothing can be said on it.
                checker.takeBack()
            }
        }
        for session in sessions where session.tls == nil {
            if let offered = session.capabilities { capabilitiesInClear[session.slot] = offered }
        }
        entries.append(entry)
    }
}
