import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// What a parameter of a dialogue stands for in one call.
    private enum Argument {
        case value(CheckedExpression)
        case session(Int)
    }

    /// Writes a dialogue out. Its names are its own; its sessions stay with the caller, and so do
    /// the labels it gives them.
    func inline(
        _ dialogue: DialogueUnit,
        _ arguments: [Expression],
        at callPlace: SourcePlace
    ) -> CheckedStatement.Kind {
        let checked = zip(dialogue.parameters, arguments).map { argument($0, $1, dialogue) }
        let (outerScope, outerSource) = (scope, source)
        calls.append(Call(dialogue: dialogue, place: callPlace))
        scope = Scope(parent: dialogue.scope)
        source = dialogue.source
        var body: [CheckedStatement] = []
        for (parameter, argument) in zip(dialogue.parameters, checked) {
            switch argument {
            case .session(let index): declare(parameter.name, .session(index))
            case .value(let value):
                let variable = bind(parameter.name, value.kind)
                body.append(
                    CheckedStatement(
                        place: place(parameter.name.range),
                        kind: .bind(variable, value)
                    )
                )
            }
        }
        surveyor?.look(.inside(dialogue.body.range.start), self)
        let (statements, finally) = self.statements(dialogue.body.statements)
        let labels = scope.symbols.values.filter { symbol in
            guard case .session(let index) = symbol.meaning else { return false }
            return flow.open.contains(index)
                && !dialogue.parameters.contains { $0.name.text == symbol.name }
        }
        (scope, source) = (outerScope, outerSource)
        calls.removeLast()
        for symbol in labels.sorted(by: { $0.name < $1.name }) { export(symbol, callPlace) }
        return .block(CheckedBlock(statements: body + statements, finally: finally))
    }

    /// Makes a label of an inlined dialogue the caller's; done again, it names the newer session.
    private func export(_ symbol: Symbol, _ callPlace: SourcePlace) {
        if let earlier = scope.find(symbol.name) {
            let isSame =
                earlier.place.source === symbol.place.source
                && earlier.place.range == symbol.place.range
            if !isSame {
                report(
                    .nameDuplicate,
                    "this dialogue names a session ‘\(symbol.name)’, which is bound",
                    at: callPlace.range,
                    secondary: [
                        Diagnostic.Label(earlier.place, "bound here"),
                        Diagnostic.Label(symbol.place, "the dialogue's session"),
                    ],
                    help: "choose another name"
                )
            }
        }
        scope.set(symbol)
    }

    private func argument(
        _ parameter: DialogueParameter,
        _ expression: Expression,
        _ dialogue: DialogueUnit
    ) -> Argument {
        if case .name(let name) = expression.kind,
            case .session(let index)? = find(name, at: expression.range)?.meaning
        {
            _ = use(index, at: expression.range)
            if let kind = parameter.kind, kind.text != "session" {
                report(
                    .typeMismatch,
                    "‘\(parameter.name.text)’ is a \(kind.text), and this is a session",
                    at: expression.range
                )
            }
            return .session(index)
        }
        let value = self.expression(expression)
        guard let name = parameter.kind else {
            _ = valueKind(value)
            return .value(value)
        }
        guard let kind = Kind.passable.first(where: { $0.name == name.text })?.kind else {
            return .value(value)
        }
        return .value(coerce(value, to: kind, what: "‘\(parameter.name.text)’"))
    }

    /// Checks the declaration of a dialogue: the kinds of its parameters.
    func declareDialogue(_ unit: DialogueUnit) {
        for parameter in unit.parameters {
            guard let kind = parameter.kind else { continue }
            let names = Kind.passable.map(\.name)
            if !names.contains(kind.text) {
                report(
                    .nameKind,
                    "no kind ‘\(kind.text)’",
                    at: kind.range,
                    help: suggestion(kind.text, names)
                )
            }
        }
    }

    /// Checks a dialogue that nobody does on a session of the protocol that its verbs suggest, so
    /// that a file of dialogues can be checked by itself. Its code goes nowhere.
    func checkAlone(_ unit: DialogueUnit) {
        let (outerScope, outerFrame, outerFlow) = (scope, frame, flow)
        scope = Scope(parent: unit.scope)
        // Its sessions are its own, whatever the last test has opened.
        frame = Frame()
        frame.variableCount = outerFrame.variableCount
        flow = Flow()
        let verbs = Self.verbs(of: unit.body)
        let spec = registry.protocols.first { spec in
            !spec.isReserved && verbs.contains { spec.verb($0) != nil }
        }
        _ = open(label: "caller", spec: spec, at: unit.body.range)
        for parameter in unit.parameters {
            let kind = parameter.kind.flatMap { kind in
                Kind.passable.first { $0.name == kind.text }?.kind
            }
            if kind == .session {
                let index = open(label: parameter.name.text, spec: nil, at: parameter.name.range)
                declare(parameter.name, .session(index))
            } else {
                bind(parameter.name, kind ?? .unknown)
            }
        }
        flow.current = 0
        calls.append(Call(dialogue: unit, place: SourcePlace(unit.source, unit.body.range)))
        callsAreSilent = true
        surveyor?.look(.inside(unit.body.range.start), self)
        _ = statements(unit.body.statements)
        callsAreSilent = false
        calls.removeLast()
        (scope, frame, flow) = (outerScope, outerFrame, outerFlow)
    }

    private static func verbs(of block: Block) -> [String] {
        block.statements.compactMap { statement in
            if case .verb(let verb) = statement.kind { verb.verb.text } else { nil }
        }
    }
}
