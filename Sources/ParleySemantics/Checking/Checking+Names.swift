import ParleyDiagnostics
import ParleySyntax

extension Checking {
    /// Gives out a register and binds a name to it.
    @discardableResult
    func bind(_ name: Identifier, _ kind: Kind, isReplyInWords: Bool = false) -> Variable {
        var variable = Variable(index: frame.variableCount, name: name.text, kind: kind)
        variable.isReplyInWords = isReplyInWords
        frame.variableCount += 1
        declare(name, .variable(variable))
        return variable
    }

    /// Binds a name, unless it is taken.
    func declare(_ name: Identifier, _ meaning: Symbol.Meaning) {
        guard !name.text.isEmpty else { return }
        if let earlier = scope.find(name.text), !mayBindAgain {
            report(
                .nameDuplicate,
                "‘\(name.text)’ is bound already",
                at: name.range,
                secondary: [Diagnostic.Label(earlier.place, "bound here")],
                notes: ["a name is bound once and hides no other"],
                help: "choose another name"
            )
        } else if Self.namespaces.contains(name.text) {
            report(
                .nameDuplicate,
                "‘\(name.text)’ is built in",
                at: name.range,
                help: "choose another name"
            )
        }
        scope.set(Symbol(name: name.text, place: place(name.range), meaning: meaning))
        noteDefinition(of: name)
    }

    /// A conversation binds a name again; and so does its recording.
    private var mayBindAgain: Bool { program.isReplay || allowsRebinding && scope.parent == nil }

    static let namespaces: Set<String> = ["run", "probe"]

    /// Reports a name that nothing binds.
    func reportUnknown(_ name: String, at range: SourceRange, help: String? = nil) {
        let candidates =
            scope.visibleNames + SessionAttribute.allCases.map(\.rawValue)
            + Self.namespaces.sorted()
        report(
            .nameUnknown,
            "unknown name ‘\(name)’",
            at: range,
            help: suggestion(name, candidates.sorted() + ["true", "false", "none"]) ?? help
                ?? helpForUnknown(name, at: range)
        )
    }

    /// Runs `body` in a scope of its own: names end with it, sessions opened in it are closed, and
    /// the session that was current before is current again.
    func inScope<Value>(_ body: () -> Value) -> (value: Value, sessions: [SessionSlot]) {
        let (outerScope, outerFlow) = (scope, flow)
        scope = Scope(parent: outerScope)
        frame.opened.append([])
        let value = body()
        let sessions = frame.opened.removeLast()
        scope = outerScope
        let (closed, fibers) = (sessions.last?.index ?? flow.lastClosed, flow.fiberCount)
        flow = outerFlow
        flow.lastClosed = closed
        flow.fiberCount = fibers
        return (value, sessions)
    }
}
