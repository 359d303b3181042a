import ParleyDiagnostics
import ParleyNetwork

extension Fiber {
    func spawn(_ number: Int32) throws -> Request? {
        let site = code.spawns[Int(number)]
        var inner = limit
        if let within = site.within {
            let length = try self.length(within)
            let deadline = now.nanoseconds.addingClamped(length)
            if deadline < limit.deadline {
                inner = ActiveLimit(deadline: deadline, owner: .branches(number), length: length)
            }
        }
        var random = self.random
        let seed = Randomness(seed: random.next())
        self.random = random

        let count: Int
        let width: Int
        switch site.form {
        case .branches:
            count = site.entries.count
            width = count
        case .elements(let list, _, let register):
            count = try Iteration.count(registers[Int(list)])
            guard case .int(let limit) = registers[Int(register)].bare, limit > 0 else {
                throw ScriptError.value("‘parallel’ needs a number above 0")
            }
            width = limit
        }
        guard count > 0 else {
            position += 1
            return nil
        }
        waiting = .join(number)
        heldChildren = []
        joinDeadline = inner
        // Branches know the limit themselves and end by it with a better reason; what is left when
        // they have had the time to clean up is cancelled.
        let last = inner.deadline.addingClamped(shared.context.limits.finally)
        return .spawn(
            SpawnRequest(
                count: count,
                width: max(1, min(width, count)),
                limit: Limit(deadline: MonotonicTime(nanoseconds: last), isOwn: false),
                make: { index in self.branch(site, index, seed, inner) }
            )
        )
    }

    /// The fiber of a branch or an element, made when there is room for it.
    private func branch(
        _ site: SpawnSite,
        _ index: Int,
        _ seed: Randomness,
        _ limit: ActiveLimit
    ) -> Fiber {
        let entry: Int32
        switch site.form {
        case .branches: entry = site.entries[index]
        case .elements: entry = site.entries[0]
        }
        let child = Fiber(
            branchOf: self,
            at: Int(entry),
            number: index,
            random: seed,
            limit: limit
        )
        if case .elements(let list, let variable, _) = site.form,
            let element = try? Iteration.element(index, of: registers[Int(list)])
        {
            child.registers[Int(variable)] = element
        }
        if holdDepth > 0 { heldChildren.append(child) }
        return child
    }

    /// All branches have ended: what they found is found here, in their order; one that ended early
    /// ends this fiber too.
    func joined(_ event: Event) throws -> Request? {
        guard case .joined(let outcomes) = event else {
            throw unexpected(event, stage: "parallel", family: "script", handle: nil)
        }
        for child in heldChildren { held.append(contentsOf: child.held) }
        heldChildren = []
        var worst = Verdict.pass
        var endsEarly = false
        for outcome in outcomes {
            worst = max(worst, outcome.verdict)
            endsEarly = endsEarly || outcome.endedEarly
            for finding in outcome.findings { adopt(finding) }
        }
        if let frozen {
            self.frozen = nil
            record(cancelled: frozen)
            if isCutShort { cutShort() } else { unwind(.cancelled) }
            return nil
        }
        guard !isCutShort else {
            cutShort()
            return nil
        }
        if endsEarly, worst < .fail, worst != .skip, let limit = joinDeadline,
            limit.deadline <= now.nanoseconds
        {
            let outer = self.limit
            self.limit = limit
            defer { self.limit = outer }
            throw lateByItself()
        }
        position += 1
        guard endsEarly else { return nil }
        unwind(worst >= .fail ? .fatal : .skip)
        return nil
    }

    /// A finding that a branch has told already.
    private func adopt(_ finding: Finding) {
        let notes = held.count
        let depth = holdDepth
        holdDepth = max(1, depth)
        record(finding, isHopeless: Fiber.isHopeless(reason: finding.reason))
        held.removeSubrange(notes...)
        holdDepth = depth
    }

    private static func isHopeless(reason: String) -> Bool {
        let family = reason.prefix { $0 != "." }
        return ["script", "local", "limit", "auth"].contains(String(family))
            || reason.hasPrefix("tls.certificate")
    }
}
