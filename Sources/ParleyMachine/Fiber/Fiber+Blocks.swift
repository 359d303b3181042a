import ParleyDiagnostics
import ParleyNetwork

extension Fiber {
    func enter(_ number: Int32) throws {
        let site = code.regions[Int(number)]
        var frame = Frame(site: number, savedLimit: limit, findingsBefore: findings.count)
        if let within = site.within {
            let length = try self.length(within)
            let deadline = now.nanoseconds.addingClamped(length)
            if case .eventually(let register) = site.kind {
                var every = shared.context.limits.round
                if let register { every = try duration(registers[Int(register)], "‘every’") }
                frame.eventually = EventuallyState(
                    deadline: min(deadline, limit.deadline),
                    isClipped: limit.deadline < deadline,
                    length: length,
                    every: every
                )
                holdDepth += 1
            }
            if deadline < limit.deadline {
                limit = ActiveLimit(deadline: deadline, owner: .block(number), length: length)
            }
        }
        if case .step(let register) = site.kind {
            let value = registers[Int(register)]
            let title = value.isSecret ? "‹secret›" : try value.text()
            frame.title = title
            tell(.stepStarted(title: title))
        }
        frames.append(frame)
        position += 1
    }

    func beginFinally(_ number: Int32) {
        guard let index = frames.indices.last else { return }
        frames[index].isCleaning = true
        // A limit that has passed, or a cancellation, leaves a time of its own for cleaning up.
        if isCancelled || limit.deadline <= now.nanoseconds {
            let length = shared.context.limits.finally
            let deadline = cleanupDeadline ?? now.nanoseconds.addingClamped(length)
            cleanupDeadline = deadline
            limit = ActiveLimit(deadline: deadline, owner: .cleanup, length: length)
            if deadline <= now.nanoseconds {
                position = Int(code.regions[Int(number)].exit)
                return
            }
        }
        position += 1
    }

    func enterGuard(_ number: Int32) {
        if case .cleanup = limit.owner, limit.deadline <= now.nanoseconds {
            // The time for cleaning up is over: what is left is skipped.
            position = Int(code.guards[Int(number)].resume)
            return
        }
        frames.append(Frame(site: number, isGuard: true, savedLimit: limit))
        guardDepth += 1
        position += 1
    }

    func leaveGuard() {
        if let frame = frames.popLast() { limit = frame.savedLimit }
        guardDepth -= 1
        position += 1
    }

    /// A region's last instruction: closes its sessions, then goes on, or on leaving.
    func leave(_ number: Int32) -> Request? {
        let site = code.regions[Int(number)]
        if let index = frames.indices.last { frames[index].isCleaning = true }
        let open = take(site.sessions)
        guard open.isEmpty else {
            waiting = .leave
            closing = open
            return .close(open)
        }
        leaveEnded()
        return nil
    }

    /// The sessions of these slots that are open, newest first; the slots are empty then.
    func take(_ slots: some Sequence<Int>) -> [any SessionHandle] {
        var open: [any SessionHandle] = []
        for slot in slots {
            guard let session = sessions[slot] else { continue }
            sessions[slot] = nil
            if session.isOpen { open.append(session) }
        }
        if open.count > 1 { open.sort { $0.id > $1.id } }
        return open
    }

    func leaveEnded() {
        guard let frame = frames.popLast() else {
            position = 0
            return
        }
        limit = frame.savedLimit
        if frame.eventually != nil {
            holdDepth -= 1
            releaseHeldNotes()
        }
        if let title = frame.title {
            let verdict = findings.dropFirst(frame.findingsBefore).map(\.verdict).max() ?? .pass
            tell(.stepFinished(title: title, verdict))
        }
        if let pending = frame.pending {
            unwind(pending)
        } else {
            cleanupDeadline = isCancelled ? cleanupDeadline : nil
            position += 1
        }
    }

    /// Leaves blocks until one has something to do first: ``position`` is where it does it.
    func unwind(_ reason: Unwinding) {
        while let index = frames.indices.last {
            let frame = frames[index]
            if frame.isGuard {
                frames.removeLast()
                limit = frame.savedLimit
                guardDepth -= 1
                position = Int(code.guards[Int(frame.site)].resume)
                if reason == .cancelled {
                    // The `finally` goes on; what is around it is left when it is done.
                    if let cleaning = frames.lastIndex(where: { $0.isCleaning }) {
                        frames[cleaning].pending = .cancelled
                    }
                    let length = shared.context.limits.finally
                    let deadline = cleanupDeadline ?? now.nanoseconds.addingClamped(length)
                    cleanupDeadline = deadline
                    if deadline < limit.deadline {
                        limit = ActiveLimit(deadline: deadline, owner: .cleanup, length: length)
                    }
                }
                return
            }
            let site = code.regions[Int(frame.site)]
            if let state = frame.eventually, !frame.isCleaning {
                if reason == .fatal {
                    state.hasFailed = true
                    position = Int(site.exit) - 1
                    return
                }
                frames[index].pending = reason
                frames[index].isCleaning = true
                position = Int(site.exit)
                return
            }
            frames[index].pending = reason
            position = Int(frame.isCleaning ? site.exit : site.cleanup)
            frames[index].isCleaning = true
            return
        }
        hasEndedEarly = true
        position = 0
    }
}
