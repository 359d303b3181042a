import ParleySemantics
import ParleySyntax
import ParleyVerbs
import ParleyWire

extension AssistedPlace {
    /// What a line may begin with.
    mutating func proposeFirstWords() {
        switch block?.word {
        case "server": return proposeServerRules(withSettings: true)
        case "connection": return proposeServerRules(withSettings: false)
        case "message": return
        case "pipeline": return proposeVerbs()
        case "parallel":
            let allowed = Keywords.statements.filter { ["step", "do"].contains($0.word) }
            return allowed.forEach { propose($0) }
        case "profile":
            return proposals.add(assistant.parameters, .variable, help: "a parameter of the script")
        case "defaults":
            proposals.add(LanguageTables.limits, .clause, help: "a limit")
            proposals.add(registry.verbNames, .verb, help: "the time of its reply")
            return
        default: break
        }
        guard assistant.isConversation || isInBody else {
            Keywords.statements.filter { $0.level != .body }.forEach { propose($0) }
            return
        }
        if label == nil { proposeLabels() }
        proposeVerbs()
        proposeWordStatements()
        let excluded = assistant.isConversation ? Self.onlyInFiles : []
        for statement in Keywords.statements
        where (statement.level != .file || assistant.isConversation)
            && !excluded.contains(statement.word)
            && (label == nil || !statement.hasBlock || statement.word == "pipeline")
        {
            propose(statement)
        }
        if assistant.isConversation, label == nil { proposeValues(withConstants: false) }
    }

    /// Statements that a conversation refuses: tests and what belongs to them.
    private static let onlyInFiles: Set<String> = [
        "test", "suite", "cases", "before", "after", "finally", "message", "snapshot",
    ]

    /// Whether the place is in a test or a dialogue.
    private var isInBody: Bool {
        typed.blocks.contains { !["suite", "}"].contains($0.word) }
    }

    private mutating func propose(_ statement: Keywords.StatementWord) {
        proposals.add(Proposal(statement.word, .statement, help: statement.help))
    }

    /// `box:` for each session with a name.
    private mutating func proposeLabels() {
        for name in surroundings.names {
            guard case .session(let index) = name.meaning,
                surroundings.sessions.indices.contains(index),
                surroundings.sessions[index].isOpen
            else { continue }
            proposals.add(
                Proposal(
                    "\(name.name):",
                    .session,
                    detail: surroundings.sessions[index].kindName,
                    help: "speak on this session"
                )
            )
        }
    }

    private mutating func proposeWordStatements() {
        let needSession = ["send", "receive", "close"]
        for spec in LanguageTables.wordStatements where !spec.isReserved {
            if session == nil, needSession.contains(spec.name) { continue }
            if label != nil, !needSession.contains(spec.name) { continue }
            proposals.add(
                Proposal(spec.name, .verb, detail: VerbUsage.slots(of: spec), help: spec.help)
            )
        }
    }

    /// The verbs of the session's protocol; what its state or its server forbids comes last.
    mutating func proposeVerbs() {
        guard let session else { return }
        let verbs = session.spec?.verbs ?? registry.protocols.flatMap(\.verbs)
        for spec in verbs where !spec.isReserved {
            proposals.add(
                Proposal(
                    spec.name,
                    .verb,
                    detail: VerbUsage.slots(of: spec),
                    help: spec.help,
                    reference: spec.reference,
                    obstacle: obstacle(to: spec)
                )
            )
        }
    }

    /// Why a verb would not be sent now.
    private func obstacle(to spec: VerbSpec) -> String {
        guard speaksOnCurrent else { return "" }
        if let state = assistant.state, !spec.states.isEmpty, !spec.states.contains(state) {
            return "not in state ‘\(state)’"
        }
        return isOffered(spec.requires) ? "" : "not offered"
    }

    /// Whether the server offers an extension, as far as that is known.
    func isOffered(_ extension: String?) -> Bool {
        guard let name = `extension`, speaksOnCurrent, let capabilities = assistant.capabilities
        else { return true }
        return capabilities.offers(name)
    }
}
