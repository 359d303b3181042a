import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// `include "x"` and `tset "x" {` at the top of a file.
    private func topLevelHelp(_ statement: Statement) -> String? {
        guard case .verb(let verb) = statement.kind else { return nil }
        let word = verb.verb.text
        let isKnown = registry.verbNames.contains(word) || Self.wordStatements.contains(word)
        guard !isKnown else { return nil }
        if let meant = wordMeant(by: word), meant.contains("`use") || meant.contains("dialogue") {
            return meant
        }
        return suggestion(word, Keywords.statements.filter { $0.level == .file }.map(\.word))
    }

    /// The tests of the file, each with the `cases` before it.
    func tests(_ tree: SyntaxTree) {
        let hooks = tree.statements.compactMap { statement -> Hook? in
            guard case .hook(let isBefore, true, let block) = statement.kind else { return nil }
            return Hook(isBefore: isBefore, statement: statement, block: block)
        }
        var pending: (name: Identifier, rows: Expression, statement: Statement)?
        for statement in tree.statements {
            switch statement.kind {
            case .cases(let name, let rows):
                pending.map { reportStray($0.statement) }
                pending = (name, rows, statement)
            case .test(let declaration):
                test(declaration, pending.map { ($0.name, $0.rows) }, hooks, statement)
                pending = nil
            case .use, .profile, .parameter, .secret, .binding, .defaults, .timeouts, .replay,
                .dialogue, .server, .suite, .hook, .malformed:
                break
            default:
                report(
                    .structure,
                    "this stands inside a test or a dialogue",
                    at: firstWord(statement),
                    help: topLevelHelp(statement) ?? "put it into `test \"…\" {`"
                )
            }
        }
        pending.map { reportStray($0.statement) }
    }

    private struct Hook {
        var isBefore: Bool
        var statement: Statement
        var block: Block
    }

    private func reportStray(_ statement: Statement) {
        report(
            .structure,
            "`cases` stands right before its test",
            at: firstWord(statement),
            help: "move it in front of a test, or remove it"
        )
    }

    private func test(
        _ declaration: TestDeclaration,
        _ cases: (name: Identifier, rows: Expression)?,
        _ hooks: [Hook],
        _ statement: Statement
    ) {
        let fileScope = scope
        defer { scope = fileScope }
        scope = Scope(parent: fileScope)
        frame = Frame()
        frame.variableCount = program.globalCount
        flow = Flow()

        var checkedCases: (variable: Variable, rows: CheckedExpression)?
        if let cases {
            let rows = expression(cases.rows)
            let kind = element(of: rows)
            checkedCases = (bind(cases.name, kind), rows)
        }
        let title = text(declaration.title, isWord: false)
        refuseSecret(title, in: "a title")
        let timeout = declaration.timeout.flatMap { constantDuration($0, what: "a test's limit") }
        let body = body(declaration.body, hooks)
        program.tests.append(
            CheckedTest(
                title: title,
                titleTemplate: template(declaration.title),
                tags: declaration.tags.map(\.text),
                timeout: timeout,
                retries: declaration.retry.flatMap(retries) ?? 0,
                expectedReason: declaration.fails.flatMap(reason),
                cases: checkedCases,
                body: body,
                variableCount: frame.variableCount,
                sessionCount: frame.sessions.count,
                place: place(statement.range)
            )
        )
    }

    /// The reason behind `fails`: known before the run, and in no place that needs a value.
    private func reason(_ word: Word) -> String? {
        guard let text = word.literal, text.utf8.contains(0x2E) else {
            report(
                .typeLiteral,
                "`fails` needs a dotted reason",
                at: word.range,
                help: "write one such as `fails smtp.reply`; `parley explain` lists them all"
            )
            return nil
        }
        return text
    }

    private func retries(_ word: Word) -> Int? {
        guard case .int(let number)? = constant(word, as: .int, what: "a number of retries") else {
            return nil
        }
        guard (0...100).contains(number) else {
            report(.typeLiteral, "a test is retried at most 100 times", at: word.range)
            return nil
        }
        return number
    }

    /// The body with the hooks around it: `before each` in front, in the same scope; `after each`
    /// at the end, however the test ends. A name of `before each` is known in both.
    private func body(_ block: Block, _ hooks: [Hook]) -> CheckedBlock {
        let (parts, sessions) = inScope {
            () -> (body: [CheckedStatement], finally: [CheckedStatement]?) in
            var before: [CheckedStatement] = []
            var finally: [CheckedStatement] = []
            for hook in hooks where hook.isBefore {
                let (body, end) = statements(hook.block.statements)
                before += body
                finally = (end ?? []) + finally
            }
            let (hookScope, hookFlow) = (scope, flow)
            scope = Scope(parent: hookScope)
            surveyor?.look(.inside(block.range.start), self)
            let (body, end) = statements(block.statements)
            let testFlow = flow
            (scope, flow) = (hookScope, hookFlow)
            flow.ended = [:]
            flow.fiberCount = testFlow.fiberCount
            var last = end ?? []
            for hook in hooks where !hook.isBefore {
                let checked = self.block(hook.block)
                last.append(
                    CheckedStatement(place: place(hook.statement.range), kind: .block(checked))
                )
            }
            last += finally
            return (before + body, last.isEmpty ? nil : last)
        }
        return CheckedBlock(statements: parts.body, finally: parts.finally, sessions: sessions)
    }

    /// The title as written, without its quotes.
    private func template(_ title: Word) -> String {
        title.parts.map { part in
            switch part {
            case .text(let text, _): text
            case .octets(let octets, _): String(decoding: octets, as: UTF8.self)
            case .insertion(_, let range): source.text(range)
            }
        }
        .joined()
    }
}
