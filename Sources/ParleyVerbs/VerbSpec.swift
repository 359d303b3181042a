/// What one verb of a protocol takes, demands and means: a row of the protocol's verb table.
///
/// The checker, the session, completion, the reference and the editor grammars all read this row;
/// the lexer and the parser know nothing of it.
public final class VerbSpec: Sendable {
    /// The word a script says: `ehlo`.
    public let name: String

    /// What goes over the wire: `EHLO`.
    public let wireName: String

    /// One line for people, without a full stop: "say who we are and ask for extensions".
    public let help: String

    /// The arguments by position.
    public let slots: [SlotSpec]

    /// The clauses that may follow the arguments, in any order.
    public let clauses: [ClauseSpec]

    /// The parameters that are known and typed; others pass as written.
    public let parameters: [ParameterSpec]

    /// What the server must answer where the script says nothing.
    public let success: ReplyClass

    /// The states in which the protocol allows the verb, in the protocol's own words
    /// (``ProtocolSpec/states``); used by completion and the reference. Empty means any.
    public let states: [String]

    /// The capability that must have been advertised, if any: `STARTTLS`.
    public let requires: String?

    /// Whether RFC 2920 wants the verb to be the last of a pipelined group.
    public let endsPipeline: Bool

    /// Where the verb is defined: `RFC 5321 §4.1.1.1`.
    public let reference: String

    /// Whether the verb belongs to later work: the grammar knows it, and the checker says "not
    /// yet".
    public let isReserved: Bool

    /// Whether `as` without `=>` is to bind something else than the reply, which is left to later
    /// work: messages found, a message.
    public let hasReservedResult: Bool

    /// A row of a verb table.
    public init(
        _ name: String,
        wire wireName: String? = nil,
        help: String,
        slots: [SlotSpec] = [],
        clauses: [ClauseSpec] = [],
        parameters: [ParameterSpec] = [],
        success: ReplyClass = .positiveCompletion,
        states: [String] = [],
        requires: String? = nil,
        endsPipeline: Bool = false,
        reference: String = "",
        isReserved: Bool = false,
        hasReservedResult: Bool = false
    ) {
        self.name = name
        self.wireName = wireName ?? name.asciiUppercased
        self.help = help
        self.slots = slots
        self.clauses = clauses
        self.parameters = parameters
        self.success = success
        self.states = states
        self.requires = requires
        self.endsPipeline = endsPipeline
        self.reference = reference
        self.isReserved = isReserved
        self.hasReservedResult = hasReservedResult
    }
}

/// The natural success class of a verb, judged where the script says nothing.
public enum ReplyClass: Hashable, Sendable {
    /// 2xx.
    case positiveCompletion
    /// 3xx.
    case positiveIntermediate
    /// 2xx or 3xx.
    case positive
    /// This code alone.
    case code(Int)
    /// `OK`, where the protocol answers in words.
    case ok

    /// As it is shown: `2xx`.
    public var text: String {
        switch self {
        case .positiveCompletion: "2xx"
        case .positiveIntermediate: "3xx"
        case .positive: "2xx or 3xx"
        case .code(let code): "\(code)"
        case .ok: StatusWord.ok.rawValue
        }
    }
}

extension String {
    /// The string with `a`–`z` as `A`–`Z`; nothing else changes, whatever the locale.
    public var asciiUppercased: String {
        String(
            decoding: utf8.map { $0 >= 0x61 && $0 <= 0x7A ? $0 - 0x20 : $0 },
            as: UTF8.self
        )
    }

    /// The string with `A`–`Z` as `a`–`z`; nothing else changes, whatever the locale.
    public var asciiLowercased: String {
        String(
            decoding: utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 + 0x20 : $0 },
            as: UTF8.self
        )
    }
}
