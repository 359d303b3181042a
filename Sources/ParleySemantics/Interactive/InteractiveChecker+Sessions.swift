extension InteractiveChecker {
    /// Holds what is known of the sessions against what happened: a `quit` that was not sent, or a
    /// `close` that was not reached, has ended nothing.
    ///
    /// - Parameters:
    ///   - open: the slots of the sessions that are open.
    ///   - earlier: the session on which a bare verb spoke before.
    public func settle(open: [Int], earlier: Int?) {
        let sessions = checking.frame.sessions
        let known = open.filter { slot in
            // What another branch of a stopped script has opened is not to be spoken on.
            sessions.indices.contains(slot) && sessions[slot].fiber == checking.flow.fiber
        }
        for slot in known {
            checking.flow.ended[slot] = nil
            guard !checking.flow.open.contains(slot) else { continue }
            checking.frame.sessions[slot].closedAt = nil
            checking.flow.open = (checking.flow.open + [slot]).sorted()
            if slot == earlier { checking.flow.current = slot }
        }
    }
}
