public import ParleyDiagnostics
public import ParleySyntax
public import ParleyVerbs

/// What can be named and spoken on at one place of a script or of a conversation.
public struct Surroundings: Sendable {
    /// A name in scope.
    public struct Name: Sendable {
        /// What the name stands for.
        public enum Meaning: Sendable {
            /// A value of a kind.
            case value(Kind)
            /// A session of ``Surroundings/sessions``, by its index.
            case session(Int)
            /// A scripted server, and whether it has been started on the way here.
            case server(isStarted: Bool)
            /// A dialogue, with what it takes.
            case dialogue([DialogueParameter])
        }

        /// The name.
        public var name: String
        /// What it stands for.
        public var meaning: Meaning
        /// Where it is bound.
        public var place: SourcePlace

        /// What it is, in a word or two for people: `duration`, `smtp session`.
        public func kindName(in surroundings: Surroundings) -> String {
            switch meaning {
            case .value(let kind): kind.name
            case .session(let index):
                surroundings.sessions.indices.contains(index)
                    ? surroundings.sessions[index].kindName : "session"
            case .server(let isStarted): isStarted ? "server" : "server, not started here"
            case .dialogue: "dialogue"
            }
        }
    }

    /// A session that was opened on the way here.
    public struct Session: Sendable {
        /// Its label, or the protocol's name.
        public var label: String
        /// Its protocol; `nil` if that is not known.
        public var spec: ProtocolSpec?
        /// Whether it can be spoken on here.
        public var isOpen: Bool

        /// What it is, for people: `smtp session`.
        public var kindName: String { spec.map { "\($0.name) session" } ?? "session" }
    }

    /// The names in scope, in alphabetical order.
    public var names: [Name] = []
    /// The sessions that were opened on the way here, oldest first.
    public var sessions: [Session] = []
    /// The session that a bare verb speaks on, by its index.
    public var current: Int?

    /// A place that sees nothing.
    public init() {}

    /// The session that a bare verb speaks on.
    public var currentSession: Session? {
        current.flatMap { sessions.indices.contains($0) ? sessions[$0] : nil }
    }

    /// The name that is spelled so.
    public func name(_ name: String) -> Name? { names.first { $0.name == name } }

    /// The session of that label, if it can be spoken on here.
    public func session(labelled label: String) -> Session? {
        guard case .session(let index)? = name(label)?.meaning, sessions.indices.contains(index)
        else { return nil }
        return sessions[index]
    }
}

extension Surroundings {
    /// The kind of an expression here; `nil` if it is none, or is wrong.
    public func kind(of expression: String, registry: ProtocolRegistry) -> Kind? {
        // What is longer was not typed, and its kind helps nobody.
        guard expression.utf8.count <= 4096, !expression.utf8.contains(0x0A) else { return nil }
        let source = SourceText(name: "", "let it = \(expression)\n")
        let (tree, problems) = Parser.parse(source)
        guard problems.isEmpty, case .binding(_, let value)? = tree.statements.first?.kind else {
            return nil
        }
        let checking = Checking(self, source, registry: registry)
        let checked = checking.silently { checking.expression(value) }
        return checked.kind == .unknown ? nil : checked.kind
    }

    /// What a place of a text sees that stands here: the names and sessions of its own statements
    /// before that place, and these.
    public func within(
        _ tree: SyntaxTree,
        at offset: Int,
        registry: ProtocolRegistry
    ) -> Surroundings {
        let surveyor = Surveyor(tree.source)
        let checking = Checking(self, tree.source, registry: registry, surveyor: surveyor)
        var body: [CheckedStatement] = []
        for statement in tree.statements where statement.range.start <= offset {
            checking.silently { checking.piece(statement, of: tree, into: &body) }
        }
        return surveyor.landscape.surroundings(at: offset, in: tree) ?? checking.surroundings
    }
}

extension Checking {
    /// A check that begins where `surroundings` were seen.
    convenience init(
        _ surroundings: Surroundings,
        _ source: SourceText,
        registry: ProtocolRegistry,
        surveyor: Surveyor? = nil
    ) {
        self.init(source, registry: registry, surveyor: surveyor) { _, _ in
            .failure(LoadFailure("not read here"))
        }
        allowsRebinding = true
        for session in surroundings.sessions {
            let slot = SessionSlot(index: frame.sessions.count, label: session.label)
            let place = SourcePlace(source, SourceRange(0, 0))
            var info = SessionInfo(slot: slot, spec: session.spec, fiber: 0, place: place)
            if session.isOpen { flow.open.append(slot.index) } else { info.closedAt = place }
            frame.sessions.append(info)
        }
        flow.current = surroundings.current
        for name in surroundings.names {
            let meaning: Symbol.Meaning
            switch name.meaning {
            case .value(let kind):
                let variable = Variable(index: frame.variableCount, name: name.name, kind: kind)
                frame.variableCount += 1
                meaning = .variable(variable)
            case .session(let index): meaning = .session(index)
            case .server:
                // Whether it runs does not matter where nothing is sent.
                let variable = Variable(index: frame.variableCount, name: name.name, kind: .server)
                frame.variableCount += 1
                meaning = .variable(variable)
            case .dialogue(let parameters):
                let unit = DialogueUnit(
                    name: name.name,
                    parameters: parameters,
                    body: Block(range: SourceRange(0, 0), statements: []),
                    source: source,
                    scope: scope
                )
                meaning = .dialogue(unit)
            }
            scope.set(Symbol(name: name.name, place: name.place, meaning: meaning))
        }
    }

    /// What can be named and spoken on at the point that the check has come to.
    var surroundings: Surroundings {
        var surroundings = Surroundings()
        surroundings.sessions = frame.sessions.map { info in
            Surroundings.Session(
                label: info.slot.label,
                spec: info.spec,
                isOpen: flow.open.contains(info.slot.index) && info.fiber == flow.fiber
            )
        }
        surroundings.current = flow.current
        var seen: Set<String> = []
        var around: Scope? = scope
        while let scope = around {
            for symbol in scope.symbols.values where seen.insert(symbol.name).inserted {
                surroundings.names.append(
                    Surroundings.Name(
                        name: symbol.name,
                        meaning: symbol.meaning.described,
                        place: symbol.place
                    )
                )
            }
            around = scope.parent
        }
        surroundings.names.sort { $0.name < $1.name }
        return surroundings
    }
}

extension Symbol.Meaning {
    /// The same without what only a check needs.
    var described: Surroundings.Name.Meaning {
        switch self {
        case .variable(let variable): .value(variable.kind)
        case .session(let index): .session(index)
        case .server: .server(isStarted: false)
        case .started: .server(isStarted: true)
        case .dialogue(let unit): .dialogue(unit.parameters)
        }
    }
}
