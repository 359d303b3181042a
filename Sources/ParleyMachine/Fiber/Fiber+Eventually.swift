import ParleyDiagnostics
import ParleyNetwork

extension Fiber {
    /// A round begins (rule 19).
    func beginRound(_ number: Int32) {
        position += 1
        guard let state = frames.last?.eventually else { return }
        state.round += 1
        state.roundStart = now.nanoseconds
        state.hasFailed = false
        state.isHopeless = false
        state.findingsBefore = findings.count
        state.notesBefore = held.count
        state.serversBefore = servers.count
        state.outer = sessions
        state.openBefore = Set(sessions.compactMap { $0 }.filter(\.isOpen).map(\.id))
        cleanupDeadline = nil
    }

    /// A round has ended, at its end or early: it held, or there is another one, or it was the
    /// last.
    func endRound(_ number: Int32) -> Request? {
        guard let state = frames.last?.eventually, state.hasFailed else {
            position += 1
            return nil
        }
        let isCut = now.nanoseconds >= state.deadline
        let found = Array(findings[min(state.findingsBefore, findings.count)...])
        if !isCut {
            state.lastComplete = found
            state.lastCompleteRound = state.round
        }
        let lostOuter = state.outer.contains { before in
            before.map { !$0.isOpen && state.openBefore.contains($0.id) } ?? false
        }
        let next = state.roundStart.addingClamped(state.every)
        if state.isHopeless || lostOuter || next >= state.deadline || isCut {
            giveUp(state, found, isCut: isCut, lostOuter: lostOuter, number)
            return nil
        }
        drop(state)
        let worst = found.last { $0.verdict >= .fail } ?? found.last
        if holdDepth == 1 { releaseAround { tell(.retrying(round: state.round, worst)) } }
        waiting = .roundEnd
        let opened = sessionsOfRound(state)
        closing = opened
        return opened.isEmpty ? roundEnded() : .close(opened)
    }

    /// The round's sessions are closed: its servers stop, then the next round is waited for.
    func roundEnded() -> Request? {
        guard let frame = frames.last, let state = frame.eventually else { return nil }
        if servers.count > state.serversBefore, let server = servers.popLast() {
            waiting = .roundEnd
            return .stopServer(server)
        }
        let next = state.roundStart.addingClamped(state.every)
        position = Int(code.regions[Int(frame.site)].cleanup)
        guard next > now.nanoseconds else {
            waiting = .nothing
            return nil
        }
        waiting = .roundPause
        return .sleep(until: MonotonicTime(nanoseconds: next), enclosingLimit())
    }

    /// What the round found, measured and told is forgotten.
    private func drop(_ state: EventuallyState) {
        findings.removeSubrange(min(state.findingsBefore, findings.count)...)
        held.removeSubrange(min(state.notesBefore, held.count)...)
    }

    /// The last complete round is what is reported, with how many there were.
    private func giveUp(
        _ state: EventuallyState,
        _ found: [Finding],
        isCut: Bool,
        lostOuter: Bool,
        _ number: Int32
    ) {
        var kept = isCut ? state.lastComplete ?? found : found
        if isCut, state.isClipped, state.lastComplete != nil {
            // It did not end by its own time: what did end it is told as well.
            kept += found.filter { $0.reason.hasPrefix("time.") }
        }
        let rounds = state.round == 1 ? "1 round" : "\(state.round) rounds"
        var note = "‘eventually’: \(rounds) within \(DurationText.describe(state.length))"
        if state.isHopeless {
            note += "; given up, since waiting does not change this"
        } else if lostOuter {
            note += "; given up, since a session opened before it was lost"
        } else if isCut, state.lastComplete != nil {
            note += "; this is round \(state.lastCompleteRound), the last complete one"
        }
        if let index = kept.lastIndex(where: { $0.verdict >= .fail }) ?? kept.indices.last {
            kept[index].notes.append(note)
        }
        let isHopeless = state.isHopeless
        drop(state)
        let index = frames.count - 1
        frames[index].isCleaning = true
        frames[index].pending = .fatal
        for finding in kept { record(finding, isHopeless: isHopeless || lostOuter) }
        position = Int(code.regions[Int(number)].exit)
    }

    /// What the round opened, newest first; its slots are as they were before.
    private func sessionsOfRound(_ state: EventuallyState) -> [any SessionHandle] {
        var open: [any SessionHandle] = []
        for slot in sessions.indices {
            let before = slot < state.outer.count ? state.outer[slot] : nil
            guard let session = sessions[slot], session.id != before?.id else { continue }
            sessions[slot] = before
            if session.isOpen { open.append(session) }
        }
        strays.removeAll { stray in state.outer.contains { $0?.id == stray.id } }
        return open.sorted { $0.id > $1.id }
    }

    /// Tells something although a round's notes are held.
    private func releaseAround(_ body: () -> Void) {
        let depth = holdDepth
        holdDepth = 0
        body()
        holdDepth = depth
    }
}
