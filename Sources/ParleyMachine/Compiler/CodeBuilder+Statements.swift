import ParleyDiagnostics
import ParleySemantics
import ParleySyntax

extension CodeBuilder {
    mutating func statements(_ statements: [CheckedStatement]) {
        for statement in statements { self.statement(statement) }
    }

    /// Compiles a statement; its temporaries are taken back.
    mutating func statement(_ statement: CheckedStatement) {
        let mark = nextRegister
        locate(statement.place)
        if emitsStops, let stop = statement.stop { emit(.stop(Int32(stop))) }
        simple(statement)
        release(to: mark)
    }

    private mutating func simple(_ statement: CheckedStatement) {
        let place = statement.place
        switch statement.kind {
        case .bind(let variable, let value):
            evaluate(value, into: Register(variable.index))
        case .connect(let connect): self.connect(connect, at: place)
        case .verb(let verb):
            verbs.append(verbSite(verb))
            locate(verb.place)
            emit(.verb(Int32(verbs.count - 1)))
        case .pipeline(let slot, let isForced, let calls):
            pipeline(slot, isForced, calls, at: place)
        case .send(let send): self.send(send, at: place)
        case .receive(let receive): self.receive(receive, at: place)
        case .close(let slot, let form): emit(.close(slot: Int32(slot.index), form))
        case .judge(let judge): self.judge(judge, at: place)
        case .remark(let remark, let message):
            let register = message.map { operand($0) } ?? -1
            locate(place)
            emit(.remark(remark, register))
        case .measure(let measure): self.measure(measure, at: place)
        case .start(let server, let variable): start(server, into: variable, at: place)
        case .stop(let variable):
            if isInFinally {
                emit(.checkBound(Register(variable.index), name: name(variable.name)))
            }
            emit(.stopServer(Register(variable.index)))
        case .pause(let duration):
            let register = operand(duration)
            locate(place)
            emit(.pause(register))
        case .survey(let survey): self.survey(survey, at: place)
        case .signal(let name):
            let register = operand(name)
            locate(place)
            emit(.signal(register))
        case .await(let name, let within):
            let register = operand(name)
            awaits.append(AwaitSite(name: register, within: limit(within)))
            locate(place)
            emit(.await(Int32(awaits.count - 1)))
        default: compound(statement)
        }
    }

    private mutating func compound(_ statement: CheckedStatement) {
        let place = statement.place
        switch statement.kind {
        case .conditional(let branches, let otherwise):
            conditional(branches, otherwise: otherwise, at: place)
        case .loop(let variable, let list, let within, let body):
            loop(variable, in: list, within: within, body, at: place)
        case .parallelLoop(let variable, let list, let width, let within, let body):
            let (items, limit) = (operand(list), operand(width))
            spawn(
                .elements(items, variable: Register(variable.index), width: limit),
                within: within,
                [body],
                at: place
            )
        case .repetition(let count, let within, let body):
            repetition(count, within: within, body, at: place)
        case .eventually(let within, let every, let body):
            eventually(within: within, every: every, body, at: place)
        case .step(let title, let within, let body):
            let register = operand(title)
            let limit = within.map { self.limit($0) }
            block(body, kind: .step(title: register), within: limit, at: place)
        case .parallel(let within, let branches):
            spawn(.branches, within: within, branches, at: place)
        case .block(let body):
            block(body, at: place)
        default:
            break
        }
    }

    /// A limit: constant where it can be.
    mutating func limit(_ expression: CheckedExpression) -> LimitSite {
        if case .constant(.duration(let nanoseconds)) = expression.form {
            return LimitSite(constant: nanoseconds, place: expression.place)
        }
        let register = operand(expression)
        return LimitSite(constant: nil, register: register, place: expression.place)
    }

    private mutating func judge(_ judge: CheckedJudge, at place: SourcePlace) {
        let clear = placeholder()
        let first = nextRegister
        capture = JudgeCapture()
        let condition = operand(judge.condition)
        let captured = capture ?? JudgeCapture()
        capture = nil
        let count = captured.mayShortCircuit ? nextRegister - first : 0
        patch(clear, .clear(first, count: count))

        let failing = placeholder()
        locate(place)
        let number = Int32(judges.count)
        judges.append(
            JudgeSite(
                place: place,
                isFatal: judge.isFatal,
                isSoftened: judge.isSoftened,
                text: judge.condition.place.source.text(judge.condition.place.range),
                message: nil,
                shown: captured.shown.sorted { $0.anchor < $1.anchor },
                offers: captured.offers,
                slot: judge.session?.index
            )
        )
        emit(.held(number))
        let end = placeholder()
        patch(failing, .jumpUnless(condition, position))
        if let message = judge.message {
            judges[Int(number)].message = operand(message)
            locate(place)
        }
        emit(.failed(number))
        patch(end, .jump(position))
    }

    private mutating func measure(_ measure: CheckedMeasure, at place: SourcePlace) {
        var site = MeasureSite(place: place, name: measure.name, value: operand(measure.value))
        if let warn = measure.warn { site.warn = (warn.operator, operand(warn.bound)) }
        if let fail = measure.fail { site.fail = (fail.operator, operand(fail.bound)) }
        measures.append(site)
        locate(place)
        emit(.measure(Int32(measures.count - 1)))
    }

    private mutating func start(_ number: Int, into variable: Variable, at place: SourcePlace) {
        guard programServers.indices.contains(number) else { return }
        let server = programServers[number]
        let texts = server.texts.map { operand($0) }
        servers.append(
            ServerSite(place: place, server: server, texts: texts, into: Register(variable.index))
        )
        locate(place)
        emit(.startServer(Int32(servers.count - 1)))
    }
}
