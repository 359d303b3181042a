/// A protocol that a script can `connect` with.
public struct ProtocolSpec: Sendable {
    /// The word behind `connect`: `smtp`, `smtps`.
    public let name: String

    /// The family whose reasons and verbs it shares: `smtp` for `smtps`.
    public let family: String

    /// The port where a script names none; `nil` if it must.
    public let defaultPort: UInt16?

    /// Whether TLS begins before the first line.
    public let isImplicitTLS: Bool

    /// Whether the server speaks first, so that `connect` judges its greeting.
    public let hasGreeting: Bool

    /// The verbs; none for raw `tcp` and `tls`.
    public let verbs: [VerbSpec]

    /// The states of a session, in the order in which a session usually passes through them.
    public let states: [String]

    /// The words that its replies say in the place of codes; empty where they have codes.
    public let statuses: [StatusWord]

    /// Whether its replies have a word in the place of a code.
    public var answersInWords: Bool { !statuses.isEmpty }

    /// Verbs of a sister protocol that are said otherwise here: `ehlo` is `lhlo`.
    public let instead: [String: String]

    /// Whether the protocol belongs to later work: the checker answers "not yet".
    public let isReserved: Bool

    /// A protocol.
    public init(
        _ name: String,
        family: String,
        defaultPort: UInt16?,
        isImplicitTLS: Bool = false,
        hasGreeting: Bool = true,
        verbs: [VerbSpec] = [],
        states: [String] = [],
        statuses: [StatusWord] = [],
        instead: [String: String] = [:],
        isReserved: Bool = false
    ) {
        self.name = name
        self.family = family
        self.defaultPort = defaultPort
        self.isImplicitTLS = isImplicitTLS
        self.hasGreeting = hasGreeting
        self.verbs = verbs
        self.states = states
        self.statuses = statuses
        self.instead = instead
        self.isReserved = isReserved
    }

    /// The row of a verb, if the protocol has it.
    public func verb(_ name: String) -> VerbSpec? {
        verbs.first { $0.name == name }
    }
}

/// All protocols, as the modules above hand them to the checker.
public struct ProtocolRegistry: Sendable {
    /// The protocols, in the order in which the reference lists them.
    public let protocols: [ProtocolSpec]

    /// A registry of `protocols`.
    public init(_ protocols: [ProtocolSpec]) {
        self.protocols = protocols
    }

    /// The protocol of that name.
    public subscript(name: String) -> ProtocolSpec? {
        protocols.first { $0.name == name }
    }

    /// The first verb of that name that takes a secret.
    public func verbWithSecret(_ name: String) -> VerbSpec? {
        protocols.lazy.compactMap { $0.verb(name) }.first { $0.slots.contains(where: \.isSecret) }
    }

    /// Every verb of every protocol, each name once.
    public var verbNames: [String] {
        var seen: Set<String> = []
        return protocols.flatMap(\.verbs).map(\.name).filter { seen.insert($0).inserted }
    }
}
