extension InteractiveChecker {
    /// Holds what is known of the sessions against what happened: a `quit` that was not sent, or a
    /// `close` that was not reached, has ended nothing.
    ///
    /// - Parameters:
    ///   - open: the slots of the sessions that are open.
    ///   - earlier: the session on which a bare verb spoke before.
    public func settle(open: [Int], earlier: Int?) {
        let known = open.filter { checking.frame.sessions.indices.contains($0) }
        for slot in known {
            checking.flow.ended[slot] = nil
            guard !checking.flow.open.contains(slot) else { continue }
            checking.frame.sessions[slot].closedAt = nil
            checking.flow.open = (checking.flow.open + [slot]).sorted()
            if slot == earlier { checking.flow.current = slot }
        }
    }
}
