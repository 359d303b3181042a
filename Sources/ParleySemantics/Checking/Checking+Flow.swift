import ParleyDiagnostics
import ParleySyntax

extension Checking {
    /// `for x in xs [parallel N] [within D] { … }`
    func loop(
        _ name: Identifier,
        _ list: Expression,
        _ parallel: Expression?,
        _ within: Word?,
        _ block: Block,
        _ statement: Statement
    ) -> CheckedStatement.Kind {
        let values = expression(list)
        let element = element(of: values)
        let width = parallel.map { expression($0, as: .int, what: "a number of rounds at a time") }
        let limit = limit(within)
        var variable = Variable(index: 0, name: name.text, kind: element)
        let (parts, sessions) = inScope {
            if width != nil { enterFiber() }
            variable = bind(name, element)
            surveyor?.look(.inside(block.range.start), self)
            return statements(block.statements)
        }
        let body = CheckedBlock(
            statements: parts.body,
            finally: parts.finally,
            sessions: sessions
        )
        guard let width else { return .loop(variable, in: values, within: limit, body) }
        return .parallelLoop(variable, in: values, width: width, within: limit, body)
    }

    /// The kind of a list's elements, or a report.
    func element(of values: CheckedExpression) -> Kind {
        if let element = values.kind.element { return element }
        if values.kind.wrapped != nil {
            reportOptional(values)
        } else {
            report(
                .typeMismatch,
                "this is not a list but a value of kind \(values.kind.name)",
                at: values.place.range,
                label: values.kind.name,
                help: values.kind.plain == .int
                    ? "write `range(1, \(source.text(values.place.range)))` or `repeat N`" : nil
            )
        }
        return .unknown
    }

    /// From here to the end of the scope everything runs beside its siblings.
    private func enterFiber() {
        flow.outer = flow.current ?? flow.outer
        flow.current = nil
        flow.open = []
        flow.fiberCount += 1
        flow.fiber = flow.fiberCount
    }

    /// `eventually within D [every D] { … }`: transparent; what a round opens is also listed in its
    /// own block, since a round that fails closes it.
    func eventually(
        _ within: Word?,
        _ every: Word?,
        _ block: Block,
        _ statement: Statement
    ) -> CheckedStatement.Kind? {
        let limit = limit(within)
        let interval = self.limit(every)
        frame.opened.append([])
        let (body, finally) = statements(block.statements)
        let sessions = frame.opened.removeLast()
        frame.opened[frame.opened.count - 1] += sessions
        guard let limit else {
            report(
                .verbUsage,
                "`eventually` needs to know how long to try",
                at: firstWord(statement),
                help: "write `eventually within 30s every 1s {`"
            )
            return nil
        }
        return .eventually(
            within: limit,
            every: interval,
            CheckedBlock(statements: body, finally: finally, sessions: sessions)
        )
    }

    /// `step "title" [within D] { … }`: transparent.
    func step(_ title: Word, _ within: Word?, _ block: Block) -> CheckedStatement.Kind {
        let text = self.text(title, isWord: false)
        refuseSecret(text, in: "a title")
        let limit = limit(within)
        return .step(title: text, within: limit, self.block(block, isScope: false))
    }

    /// `parallel [within D] { steps and calls }`: each child is a fiber.
    func parallel(_ within: Word?, _ block: Block) -> CheckedStatement.Kind {
        let limit = limit(within)
        var branches: [CheckedBlock] = []
        for child in block.statements {
            switch child.kind {
            case .step, .call, .malformed: break
            default:
                report(
                    .structure,
                    "`parallel` holds `step` and `do`, each of which runs beside the rest",
                    at: firstWord(child),
                    help: "put it into a `step \"…\" {`"
                )
            }
            let (body, sessions) = inScope {
                enterFiber()
                var body: [CheckedStatement] = []
                statement(child, into: &body)
                return body
            }
            branches.append(CheckedBlock(statements: body, sessions: sessions))
        }
        return .parallel(within: limit, branches)
    }

    /// `do NAME(arguments)`: the dialogue is written out here and checked on the caller's session.
    func call(
        _ name: Identifier,
        _ arguments: [Expression],
        _ statement: Statement
    ) -> CheckedStatement.Kind? {
        guard case .dialogue(let dialogue)? = find(name.text, at: name.range)?.meaning else {
            _ = silently { arguments.map(expression) }
            let names = scope.visibleNames.filter { name in
                if case .dialogue? = scope.find(name)?.meaning { true } else { false }
            }
            report(
                .nameUnknown,
                "no dialogue ‘\(name.text)’",
                at: name.range,
                help: suggestion(name.text, names)
                    ?? "declare it at the top of the file: dialogue \(name.text)() {"
            )
            return nil
        }
        dialogue.isDone = true
        callCount += 1
        guard !calls.contains(where: { $0.dialogue === dialogue }), callCount <= 10_000 else {
            report(
                .nameCircle,
                callCount > 10_000
                    ? "dialogues that do dialogues grow beyond 10000 calls"
                    : "‘\(name.text)’ does itself",
                at: name.range,
                notes: calls.map { "‘\($0.dialogue.name)’ is done at \($0.place.description)" },
                help: "use `repeat` or `eventually` to do something again"
            )
            return nil
        }
        guard arguments.count == dialogue.parameters.count else {
            let names = dialogue.parameters.map(\.name.text).joined(separator: ", ")
            report(
                .typeArguments,
                "‘\(name.text)’ takes \(count(dialogue.parameters.count, "argument")), not "
                    + "\(arguments.count)",
                at: name.range,
                help: "do \(name.text)(\(names))"
            )
            return nil
        }
        return inline(dialogue, arguments, at: place(statement.range))
    }
}
