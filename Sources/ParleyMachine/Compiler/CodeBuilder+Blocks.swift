import ParleyDiagnostics
import ParleySemantics

extension CodeBuilder {
    /// Compiles a block. One that needs nothing done at its end is only its statements.
    mutating func block(
        _ block: CheckedBlock,
        kind: RegionSite.Kind = .scope,
        within: LimitSite? = nil,
        at place: SourcePlace
    ) {
        if case .scope = kind, within == nil, block.finally == nil, block.sessions.isEmpty {
            statements(block.statements)
            return
        }
        let number = enter(kind, within: within, sessions: block.sessions.map(\.index), at: place)
        statements(block.statements)
        regions[Int(number)].cleanup = position
        if let final = block.finally {
            locate(place)
            emit(.beginFinally(number))
            finally(final)
        }
        leave(number, at: place)
    }

    /// Begins a region; its number.
    mutating func enter(
        _ kind: RegionSite.Kind,
        within: LimitSite?,
        sessions: [Int],
        at place: SourcePlace
    ) -> Int32 {
        regions.append(RegionSite(kind: kind, place: place, within: within, sessions: sessions))
        let number = Int32(regions.count - 1)
        locate(place)
        emit(.enter(number))
        return number
    }

    /// Ends a region.
    mutating func leave(_ number: Int32, at place: SourcePlace) {
        locate(place)
        regions[Int(number)].exit = position
        emit(.leave(number))
    }

    /// Each statement stands alone: one that fails does not keep the others from cleaning up.
    private mutating func finally(_ final: [CheckedStatement]) {
        let outer = isInFinally
        isInFinally = true
        for statement in final {
            guard case .block(let scope) = statement.kind, scope.finally == nil else {
                guarded(statement)
                continue
            }
            // The checker makes a scope of it; what is in the scope is what stands alone.
            let slots = scope.sessions.map(\.index)
            let region = enter(.scope, within: nil, sessions: slots, at: statement.place)
            for inner in scope.statements { guarded(inner) }
            regions[Int(region)].cleanup = position
            leave(region, at: statement.place)
        }
        isInFinally = outer
    }

    private mutating func guarded(_ statement: CheckedStatement) {
        guards.append(GuardSite(place: statement.place))
        let number = guards.count - 1
        locate(statement.place)
        emit(.enterGuard(Int32(number)))
        self.statement(statement)
        emit(.leaveGuard)
        guards[number].resume = position
    }

    mutating func eventually(
        within: CheckedExpression,
        every: CheckedExpression?,
        _ body: CheckedBlock,
        at place: SourcePlace
    ) {
        let limit = limit(within)
        let pause = every.map { operand($0) }
        let number = enter(.eventually(every: pause), within: limit, sessions: [], at: place)
        regions[Int(number)].cleanup = position
        emit(.beginRound(number))
        // What the last round opened stays with the block around; those before are closed by
        // rounds.
        block(CheckedBlock(statements: body.statements, finally: body.finally), at: place)
        locate(place)
        emit(.endRound(number))
        leave(number, at: place)
    }

    mutating func loop(
        _ variable: Variable,
        in list: CheckedExpression,
        within: CheckedExpression?,
        _ body: CheckedBlock,
        at place: SourcePlace
    ) {
        rounds(over: list, within: within, body, at: place) { items, end in
            .next(items, Register(variable.index), end)
        }
    }

    mutating func repetition(
        _ count: CheckedExpression,
        within: CheckedExpression?,
        _ body: CheckedBlock,
        at place: SourcePlace
    ) {
        rounds(over: count, within: within, body, at: place) { total, end in
            .countdown(total, end)
        }
    }

    /// Rounds of a body: `step` makes the instruction that goes on to the next one, or to the end.
    private mutating func rounds(
        over source: CheckedExpression,
        within: CheckedExpression?,
        _ body: CheckedBlock,
        at place: SourcePlace,
        step: (Register, Int32) -> Instruction
    ) {
        let region = within.map { bound in
            let limit = limit(bound)
            return enter(.scope, within: limit, sessions: [], at: place)
        }
        let state = temporaries(2)
        evaluate(source, into: state)
        emit(.constant(state + 1, constant(.int(0))))
        let start = placeholder()
        block(body, at: place)
        emit(.jump(Int32(start)))
        patch(start, step(state, position))
        if let region { finish(region, at: place) }
    }

    private mutating func finish(_ region: Int32, at place: SourcePlace) {
        regions[Int(region)].cleanup = position
        leave(region, at: place)
    }

    /// Fibers: their code stands behind the instruction that spawns them.
    mutating func spawn(
        _ form: SpawnSite.Form,
        within: CheckedExpression?,
        _ branches: [CheckedBlock],
        at place: SourcePlace
    ) {
        let limit = within.map { self.limit($0) }
        spawns.append(SpawnSite(place: place, form: form, within: limit, entries: []))
        let number = spawns.count - 1
        locate(place)
        emit(.spawn(Int32(number)))
        let jump = placeholder()
        for branch in branches {
            spawns[number].entries.append(position)
            block(branch, at: place)
            emit(.end)
        }
        patch(jump, .jump(position))
    }

    mutating func conditional(
        _ branches: [(condition: CheckedExpression, block: CheckedBlock)],
        otherwise: CheckedBlock?,
        at place: SourcePlace
    ) {
        var exits: [Int] = []
        for branch in branches {
            let mark = nextRegister
            let condition = operand(branch.condition)
            release(to: mark)
            let jump = placeholder()
            block(branch.block, at: place)
            exits.append(placeholder())
            patch(jump, .jumpUnless(condition, position))
        }
        if let otherwise { block(otherwise, at: place) }
        for exit in exits { patch(exit, .jump(position)) }
    }
}
