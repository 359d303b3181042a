public import ParleyDiagnostics
public import ParleySemantics
import ParleySyntax
public import ParleyVerbs
public import ParleyWire

/// Helps with a script or a line while it is typed: a pure function of the text, the place and what
/// is known around it.
///
/// The text need not be right: what stands at a place is read from the words before it, and what
/// can be named there is what the checker knows there.
public struct Assistant: Sendable {
    /// The protocols.
    public var registry: ProtocolRegistry
    /// What can be named and spoken on at the place.
    public var surroundings: Surroundings
    /// Whether the text is typed into a conversation: statements of tests stand at its top, `; `
    /// separates them, and an expression alone is shown.
    public var isConversation: Bool
    /// The state of the session that a bare verb speaks on, in the protocol's words, if it is open.
    public var state: String?
    /// What that session's server has offered, if it has been asked.
    public var capabilities: Capabilities?
    /// The mailboxes that servers of IMAP have named, by the index of the session.
    public var mailboxes: [Int: [String]] = [:]
    /// The parameters of the script, for profiles.
    public var parameters: [String] = []
    /// The tags that tests of the script have.
    public var tags: [String] = []
    /// The reasons that a test may be meant to fail with.
    public var reasons: [String] = []

    /// Help at a place that sees `surroundings`.
    public init(
        _ surroundings: Surroundings = Surroundings(),
        registry: ProtocolRegistry = Protocols.registry,
        isConversation: Bool = false
    ) {
        self.surroundings = surroundings
        self.registry = registry
        self.isConversation = isConversation
    }

    /// Help at a place of a script that has been studied.
    public init(
        _ study: Study,
        at offset: Int,
        registry: ProtocolRegistry = Protocols.registry
    ) {
        self.init(study.surroundings(at: offset), registry: registry)
        for statement in study.tree.statements {
            switch statement.kind {
            case .parameter(let name, _, _): parameters.append(name.text)
            case .test(let test):
                tags += test.tags.map(\.text).filter { !tags.contains($0) }
            default: break
            }
        }
    }

    /// The ways to go on at a place of a text.
    ///
    /// - Parameter offset: the cursor, in octets.
    public func proposals(for source: SourceText, at offset: Int) -> Proposals {
        let typed = TypedText(source, at: offset, separatesAtSemicolons: isConversation)
        var place = AssistedPlace(self, typed)
        place.propose()
        place.proposals.sortObstacles()
        return place.proposals
    }
}
