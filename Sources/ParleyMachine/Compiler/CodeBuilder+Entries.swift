import ParleySemantics

extension CodeBuilder {
    /// The code of a test: what file-level names are, then its body, then its end.
    mutating func test(_ test: CheckedTest, in program: CheckedProgram) -> ProgramEntries.Test {
        programServers = program.servers
        var entry = ProgramEntries.Test(
            body: Entry(position: 0, registers: 0),
            constantTitle: ""
        )
        if let text = test.title.constantText {
            entry.constantTitle = text
        } else {
            entry.title = expressionEntry(test.title, test, in: program)
        }
        if let cases = test.cases {
            entry.rows = expressionEntry(cases.rows, test, in: program)
            entry.caseRegister = Register(cases.variable.index)
        }

        beginFrame(variables: test.variableCount)
        let start = Int(position)
        locate(test.place)
        statements(program.prelude)
        let region = enter(.scope, within: nil, sessions: [], at: test.place)
        block(test.body, at: test.place)
        regions[Int(region)].cleanup = position
        leave(region, at: test.place)
        emit(.end)
        entry.body = Entry(
            position: start,
            registers: Int(registerCount),
            sessions: test.sessionCount
        )
        return entry
    }

    /// The code of a parameter's values.
    mutating func parameter(
        _ parameter: CheckedParameter,
        in program: CheckedProgram
    ) -> ProgramEntries.Parameter {
        ProgramEntries.Parameter(
            initial: parameter.initial.map {
                entry($0, variables: program.globalCount, prelude: [])
            },
            profiles: parameter.profiles.mapValues {
                entry($0, variables: program.globalCount, prelude: [])
            }
        )
    }

    private mutating func expressionEntry(
        _ expression: CheckedExpression,
        _ test: CheckedTest,
        in program: CheckedProgram
    ) -> Entry {
        entry(expression, variables: test.variableCount, prelude: program.prelude)
    }

    private mutating func entry(
        _ expression: CheckedExpression,
        variables: Int,
        prelude: [CheckedStatement]
    ) -> Entry {
        beginFrame(variables: variables)
        let start = Int(position)
        locate(expression.place)
        statements(prelude)
        let result = temporary()
        evaluate(expression, into: result)
        emit(.end)
        return Entry(position: start, registers: Int(registerCount), result: result)
    }
}

extension CheckedExpression {
    /// The text of an expression that needs nothing at run time.
    var constantText: String? {
        switch form {
        case .constant(let constant): return try? Value(constant).text()
        case .template(let pieces, _):
            var text = ""
            for piece in pieces {
                guard let part = piece.constantText else { return nil }
                text += part
            }
            return text
        default: return nil
        }
    }
}
