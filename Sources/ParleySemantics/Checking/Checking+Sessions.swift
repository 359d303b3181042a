import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// The session that a bare verb or attribute means, or a report.
    func currentSession(at range: SourceRange, for what: String) -> SessionInfo? {
        if let current = flow.current { return use(current, at: range) }
        if let outer = flow.outer {
            reportOuter(frame.sessions[outer], at: range)
        } else {
            var secondary: [Diagnostic.Label] = []
            var notes: [String] = []
            if let closed = flow.lastClosed {
                let info = frame.sessions[closed]
                if let place = info.closedAt {
                    secondary = [Diagnostic.Label(place, "the session was closed here")]
                } else {
                    secondary = [
                        Diagnostic.Label(
                            info.place,
                            "this session was closed where its block ended"
                        )
                    ]
                    notes = ["`if`, `for`, `repeat`, `parallel` and `finally` close what they open"]
                }
            }
            report(
                .sessionNone,
                "no session is open here for \(what)",
                at: range,
                label: "needs a session",
                secondary: secondary,
                notes: notes,
                help: "connect first: connect smtp HOST:PORT"
            )
        }
        // One missing `connect` is one mistake.
        flow.current = open(label: "?", spec: nil, at: range)
        return nil
    }

    /// A session by number, if this fiber may use it.
    func use(_ index: Int, at range: SourceRange) -> SessionInfo? {
        let info = frame.sessions[index]
        if info.fiber != flow.fiber {
            reportOuter(info, at: range)
            return nil
        }
        if let place = info.closedAt, !flow.open.contains(index) {
            report(
                .sessionNone,
                "the session ‘\(info.slot.label)’ is closed here",
                at: range,
                secondary: [Diagnostic.Label(place, "closed here")],
                help: "connect anew"
            )
            return nil
        }
        return info
    }

    private func reportOuter(_ info: SessionInfo, at range: SourceRange) {
        report(
            .sessionOuter,
            "a branch that runs in parallel cannot use a session from outside",
            at: range,
            secondary: [Diagnostic.Label(info.place, "opened here")],
            help: "connect inside the branch"
        )
    }

    /// Gives out a session slot and makes it current.
    func open(label: String, spec: ProtocolSpec?, at range: SourceRange) -> Int {
        let slot = SessionSlot(index: frame.sessions.count, label: label)
        frame.sessions.append(
            SessionInfo(slot: slot, spec: spec, fiber: flow.fiber, place: place(range))
        )
        frame.opened[frame.opened.count - 1].append(slot)
        flow.current = slot.index
        flow.open.append(slot.index)
        return slot.index
    }

    /// The session ends here; the one opened before it is current again.
    func close(_ index: Int, at range: SourceRange) {
        frame.sessions[index].closedAt = place(range)
        flow.open.removeAll { $0 == index }
        flow.lastClosed = index
        if flow.current == index { flow.current = flow.open.last }
    }

    /// Runs `body` with the session of `label` current, for one statement.
    func withLabel(_ label: Identifier?, _ body: () -> Void) {
        guard let label else { return body() }
        let before = flow.current
        flow.current = session(named: label)
        if flow.current == nil {
            flow.current = open(label: label.text, spec: nil, at: label.range)
        }
        body()
        flow.current = before.flatMap { flow.open.contains($0) ? $0 : flow.open.last }
    }

    /// The number of the session with that label, or a report.
    private func session(named label: Identifier) -> Int? {
        switch find(label.text, at: label.range)?.meaning {
        case .session(let index): return use(index, at: label.range)?.slot.index
        case .variable(let variable) where variable.kind == .unknown: return nil
        case nil:
            let labels = scope.visibleNames.filter { name in
                if case .session? = scope.find(name)?.meaning { true } else { false }
            }
            report(
                .sessionUnknown,
                "no session ‘\(label.text)’ is open here",
                at: label.range,
                help: suggestion(label.text, labels)
                    ?? "name a session where it is opened: `connect … as \(label.text)`; "
                    + "to send this line as it is, write `send \(label.text): …`"
            )
            return nil
        default:
            report(
                .sessionUnknown,
                "‘\(label.text)’ is not a session",
                at: label.range,
                help: "name a session where it is opened: connect … as NAME"
            )
            return nil
        }
    }

    /// Refuses a session's name that reads like a verb or a statement.
    func checkLabel(_ name: Identifier) {
        let words = Self.wordStatements + Keywords.statements.map(\.word) + registry.verbNames
        guard words.contains(name.text) else { return }
        report(
            .sessionName,
            "a session cannot be named like the verb or statement ‘\(name.text)’",
            at: name.range,
            help: "choose another name"
        )
    }

    /// First words of statements that read words but are no verbs of a protocol.
    static let wordStatements = LanguageTables.wordStatements.map(\.name)
}
