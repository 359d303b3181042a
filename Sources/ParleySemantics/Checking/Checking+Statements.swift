import ParleyDiagnostics
import ParleySyntax

extension Checking {
    /// A block. `isScope` says whether names and sessions end with it.
    func block(_ block: Block, isScope: Bool = true) -> CheckedBlock {
        guard isScope else {
            let (body, finally) = statements(block.statements)
            return CheckedBlock(statements: body, finally: finally)
        }
        let (parts, sessions) = inScope {
            surveyor?.look(.inside(block.range.start), self)
            return statements(block.statements)
        }
        return CheckedBlock(statements: parts.body, finally: parts.finally, sessions: sessions)
    }

    /// Statements in order, with what runs at their end.
    func statements(
        _ list: [Statement]
    ) -> (body: [CheckedStatement], finally: [CheckedStatement]?) {
        var body: [CheckedStatement] = []
        var finally: [CheckedStatement]?
        for (position, statement) in list.enumerated() {
            guard case .finally(let inner) = statement.kind else {
                self.statement(statement, into: &body)
                continue
            }
            if position != list.count - 1 {
                report(
                    .structure,
                    "`finally` is the last statement of its block, and stands there once",
                    at: firstWord(statement),
                    help: "move it to the end"
                )
            }
            // It also runs when a failure left the block before its `quit`.
            let ended = flow.ended
            flow.ended = [:]
            let checked = block(inner)
            flow.ended = ended
            finally = [CheckedStatement(place: place(statement.range), kind: .block(checked))]
        }
        return (body, finally)
    }

    /// The first word of a statement, where errors about the whole of it point.
    func firstWord(_ statement: Statement) -> SourceRange {
        let bytes = source.bytes
        var end = statement.range.start
        while end < min(statement.range.end, bytes.count), bytes[end] > 0x20 { end += 1 }
        return SourceRange(statement.range.start, max(end, statement.range.start + 1))
    }

    /// One statement inside a test; most become one checked statement.
    func statement(_ statement: Statement, into body: inout [CheckedStatement]) {
        surveyor?.look(.before(statement.range.start), self)
        defer { surveyor?.look(.behind(statement.range.start), self) }
        let stop = stops?.note(statement, in: self)
        withLabel(statement.label) {
            if let kind = checked(statement) {
                body.append(
                    CheckedStatement(place: place(statement.range), kind: kind, stop: stop)
                )
            }
        }
    }

    private func checked(_ statement: Statement) -> CheckedStatement.Kind? {
        switch statement.kind {
        case .binding(let name, let value): return binding(name, value)
        case .verb(let verb): return self.verb(verb, statement)
        case .pipeline(let forced, let block): return pipeline(forced: forced, block, statement)
        case .judge(let judge): return self.judge(judge)
        case .remark(let remark, let message): return self.remark(remark, message)
        case .measure(let measure): return self.measure(measure)
        case .conditional(let branches, let otherwise):
            return .conditional(
                branches.map { (condition($0.condition), block($0.block)) },
                otherwise: otherwise.map { block($0) }
            )
        case .loop(let name, let list, let parallel, let within, let block):
            return loop(name, list, parallel, within, block, statement)
        case .repetition(let count, let within, let block):
            return .repetition(
                expression(count, as: .int, what: "a number of rounds"),
                within: limit(within),
                self.block(block)
            )
        case .eventually(let within, let every, let block):
            return eventually(within, every, block, statement)
        case .step(let title, let within, let block):
            return step(title, within, block)
        case .parallel(let within, let block): return parallel(within, block)
        case .call(let name, let arguments): return call(name, arguments, statement)
        case .pause(let duration):
            return .pause(expression(duration, as: .duration, what: "a pause"))
        case .server(let declaration):
            let unit = ServerUnit(declaration)
            declare(declaration.name, .server(unit))
            server(unit)
            return nil
        case .snapshot(_, let value):
            reportReserved("‘snapshot’", at: firstWord(statement))
            _ = silently { expression(value) }
            return nil
        case .message(let name, let block):
            reportReserved("‘message’", at: firstWord(statement), help: "use `data` and `send raw`")
            for case .verb(let header) in block.statements.map(\.kind) {
                silently { header.words.forEach { _ = text($0) } }
            }
            bind(name, .unknown)
            return nil
        case .malformed: return nil
        case .finally: return nil
        case .use, .profile, .parameter, .secret, .cases, .defaults, .timeouts, .replay, .dialogue,
            .suite, .hook, .test:
            report(
                .structure,
                "this stands at the top of a file, not inside a test",
                at: firstWord(statement),
                help: "move it out of the block"
            )
            return nil
        }
    }

    private func binding(_ name: Identifier, _ value: Expression) -> CheckedStatement.Kind {
        let checked = expression(value)
        let kind = valueKind(checked)
        return .bind(bind(name, kind, isReplyInWords: isReplyInWords(checked)), checked)
    }

    /// The kind under which a value is bound; name spaces and sessions are no values.
    func valueKind(_ value: CheckedExpression) -> Kind {
        switch value.kind.plain {
        case .namespace(let name):
            report(
                .typeMismatch,
                "‘\(name)’ is not a value",
                at: value.place.range,
                help: "take one of its fields"
            )
            return .unknown
        case .session:
            report(
                .typeMismatch,
                "a session is not a value that can be bound",
                at: value.place.range,
                help: "name it where it is opened: connect … as NAME"
            )
            return .unknown
        case .optional(.unknown):
            report(
                .typeMismatch,
                "`none` alone has no kind",
                at: value.place.range,
                help: "bind a value"
            )
            return .unknown
        default: return value.kind
        }
    }
}
