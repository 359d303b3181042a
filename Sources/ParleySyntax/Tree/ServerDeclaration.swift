public import ParleyDiagnostics

/// A scripted server: `server NAME PROTOCOL on ENDPOINT [settings] { settings, rules }`.
public struct ServerDeclaration: Sendable {
    /// Its name.
    public var name: Identifier
    /// `smtp`, `smtps`, `tcp`.
    public var protocolName: Identifier
    /// Where it listens; the port may be `auto`.
    public var endpoint: Word
    /// What else its header says, word by word: `certificate expired`, `name mx.test`.
    public var clauses: [Word]
    /// The settings within its block, a line each: `latency 50ms`.
    public var settings: [ServerSetting]
    /// Its rules in order, some of them in `connection` blocks; the first that fits wins.
    public var items: [ServerItem]
    /// The block with its braces.
    public var block: SourceRange

    /// A scripted server.
    public init(
        name: Identifier,
        protocolName: Identifier,
        endpoint: Word,
        clauses: [Word],
        settings: [ServerSetting],
        items: [ServerItem],
        block: SourceRange
    ) {
        self.name = name
        self.protocolName = protocolName
        self.endpoint = endpoint
        self.clauses = clauses
        self.settings = settings
        self.items = items
        self.block = block
    }
}

extension ServerDeclaration {
    /// All rules in order, with the connections that the block around them names.
    public var rules: [(rule: ServerRule, connections: Word?)] {
        items.flatMap { item -> [(ServerRule, Word?)] in
            switch item {
            case .rule(let rule): [(rule, nil)]
            case .connections(let block): block.rules.map { ($0, block.numbers) }
            }
        }
    }

    /// The words that a setting begins with, in a header or on a line of the block.
    public static let settingNames = [
        "alpn", "anywhere", "bandwidth", "cert", "certificate", "ciphers", "client-certificate",
        "groups", "iterations", "latency", "name", "replays", "staple", "suites", "tickets", "tls",
        "user",
    ]
}

/// A setting on a line of its own: `user NAME PASSWORD`.
public struct ServerSetting: Sendable {
    /// Its first word.
    public var name: Identifier
    /// The words behind it.
    public var words: [Word]

    /// A setting.
    public init(name: Identifier, words: [Word]) {
        self.name = name
        self.words = words
    }
}
