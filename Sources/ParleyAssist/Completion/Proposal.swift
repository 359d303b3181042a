/// One way to go on at a place of a script.
public struct Proposal: Hashable, Sendable {
    /// What it is.
    public enum Role: String, Hashable, Sendable, CaseIterable {
        /// A statement of the language.
        case statement
        /// A verb of a protocol, or a statement that reads words like one.
        case verb
        /// A word at a fixed place behind a first word.
        case clause
        /// A parameter of a verb: `SIZE=`.
        case parameter
        /// One of a fixed set of words, or a constant.
        case value
        /// What a reply may be, behind `=>`.
        case reply
        /// An operator that is a word.
        case symbol
        /// A value in scope.
        case variable
        /// A function.
        case function
        /// A field of a value.
        case field
        /// A session's label.
        case session
        /// A scripted server.
        case server
        /// A dialogue.
        case dialogue
        /// A protocol.
        case protocolName
        /// An extension that a server can offer.
        case capability
        /// A kind of value.
        case kind
        /// A mailbox of the session's server.
        case mailbox
        /// A tag of tests.
        case tag
    }

    /// What stands there then.
    public var text: String
    /// What it is.
    public var role: Role
    /// What follows it or what it holds, in few words: `REVERSE-PATH`, `duration`; may be empty.
    public var detail: String
    /// One line for people; may be empty.
    public var help: String
    /// Where it is defined: `RFC 5321 §4.1.1.2`; may be empty.
    public var reference: String
    /// Why it would not work now: `not offered`; empty if it would.
    public var obstacle: String

    /// A way to go on.
    public init(
        _ text: String,
        _ role: Role,
        detail: String = "",
        help: String = "",
        reference: String = "",
        obstacle: String = ""
    ) {
        self.text = text
        self.role = role
        self.detail = detail
        self.help = help
        self.reference = reference
        self.obstacle = obstacle
    }

    /// Whether a space follows where nothing else can.
    public var isWhole: Bool {
        switch role {
        case .parameter: !text.hasSuffix("=")
        // A mailbox may have others below it.
        case .function, .field, .variable, .mailbox: false
        default: true
        }
    }
}
