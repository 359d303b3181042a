/// One argument of a verb.
public struct SlotSpec: Sendable {
    /// The argument's name in the reference: `reverse-path`.
    public let name: String

    /// What the argument must be.
    public let kind: ArgumentKind

    /// Whether the argument may be left out.
    public let isOptional: Bool

    /// Whether the slot takes all words that are left, each as a word of its own.
    public let takesRest: Bool

    /// Whether the argument must never be shown: a password, a token.
    public let isSecret: Bool

    /// What the verb writes right before the argument, so that a script must not: `FROM:`.
    public let lead: String?

    /// A slot of a verb.
    public init(
        _ name: String,
        _ kind: ArgumentKind,
        optional isOptional: Bool = false,
        rest takesRest: Bool = false,
        secret isSecret: Bool = false,
        lead: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.isOptional = isOptional
        self.takesRest = takesRest
        self.isSecret = isSecret
        self.lead = lead
    }
}

/// What an argument must be; literal words are checked before anything is sent.
public enum ArgumentKind: Hashable, Sendable {
    /// Any text without CR, LF or NUL.
    case text
    /// Any octets: a message's content, a sequence to be sent as it is.
    case content
    /// A domain or an address literal, as EHLO takes it.
    case domain
    /// A path: `a@b`, `<a@b>`, `postmaster`; `<>` where `allowsNull`.
    case path(allowsNull: Bool)
    /// An ESMTP parameter as written: `SIZE=1000`, `BODY=8BITMIME`.
    case parameter
    /// An attribute that must be one of the verb's ``VerbSpec/parameters``: `ADDR=192.0.2.1`.
    case attribute
    /// Content of a message, line ends included: `"a\r\nb"`; or, unquoted, a number of octets of
    /// generated lines: `10KB`, which becomes the clause `size`.
    case chunk
    /// A SASL mechanism's name: one of these, in lower case; a script may write it in any case.
    case mechanism([String])
    /// A whole number.
    case number
    /// A number of octets: `10MB`.
    case size
    /// One of a fixed set of words.
    case keyword([String])
    /// The name of a mailbox, in Unicode.
    case mailbox
    /// Messages by number: `1`, `2:4,7`, `5:*`; RFC 9051 §9, `sequence-set`.
    case sequence
    /// A file below the script's folder.
    case file

    /// Whether it is `KEYWORD=value`, held against the verb's ``VerbSpec/parameters``.
    public var isParameter: Bool { self == .parameter || self == .attribute }
}

/// A clause that a verb understands: leading words, then perhaps an argument: `verify full`, `in
/// clear`.
public struct ClauseSpec: Sendable {
    /// The words that begin the clause: `["in", "clear"]`, `["verify"]`.
    public let words: [String]

    /// The argument behind the words, if it takes one.
    public let slot: SlotSpec?

    /// A clause of a verb.
    public init(_ words: [String], _ slot: SlotSpec? = nil) {
        self.words = words
        self.slot = slot
    }

    /// The words joined: `in clear`; how a ``VerbCall`` names the clause.
    public var name: String { words.joined(separator: " ") }
}
