public import ParleyDiagnostics
public import ParleyPatterns
public import ParleyVerbs

/// A rule of a scripted server.
public struct CheckedServerRule: Sendable {
    /// At which occurrences the rule applies, counted per start across connections.
    public enum Occurrence: Hashable, Sendable {
        case always
        /// Only this one, from 1.
        case nth(Int)
        /// From the one behind this on.
        case after(Int)
    }

    /// In which connections a rule applies.
    public struct Scope: Hashable, Sendable {
        /// Whether TLS must be up; `nil` if that does not matter.
        public var isSecured: Bool?
        /// Whether AUTH must have succeeded; `nil` if that does not matter.
        public var isAuthenticated: Bool?
        /// The connections by number, from 1; `nil` for all.
        public var connections: ClosedRange<Int>?
        /// More connections than this must be open at the time; `nil` if that does not matter.
        public var moreThan: Int?

        /// Every connection.
        public init() {}
    }

    /// What the server does.
    public enum Action: Hashable, Sendable {
        /// A reply: lines are indices into the server's texts; none stands for the usual text.
        case reply(code: Int, enhanced: String?, lines: [Int])
        /// A status of IMAP with its response code; index of the text, the usual one if there is
        /// none.
        case status(StatusWord, code: String?, text: Int?)
        /// Data of IMAP that answers no command; index of the text.
        case untagged(Int)
        /// Capabilities of an EHLO reply, in place of the default ones; indices of texts.
        case offers([Int])
        /// Sends what follows in pieces of `size` octets every `interval` nanoseconds.
        case dribble(size: Int, interval: Int64)
        /// Waits so many nanoseconds first.
        case wait(Int64)
        /// Sends only so many octets of what follows.
        case cut(Int)
        /// Ends the lines of the replies that follow with other octets than CRLF; index of the
        /// text.
        case ending(Int)
        /// Puts so many octets into each write from here on.
        case split(Int)
        /// Goes on with a SASL exchange; index of the text, which is not in base64 yet.
        case challenge(Int)
        /// What is wrong with the SASL exchange that follows, by its name.
        case sasl(String)
        /// A TLS alert by its number, in clear.
        case alert(UInt8)
        /// Lets those go on who await the name; index of the text.
        case signal(Int)
        /// Waits for a signal, so many nanoseconds at most; index of the text.
        case await(Int, within: Int64)
        /// There is no connection, for this reason; only where a recording answers.
        case absent(String)
        case halfClose
        case drop
        case reset
        case stall
        /// Octets as they are, `times` times; index of the text.
        case raw(Int, times: Int)
    }

    /// `greet`, or a verb in lower case; `body` for a message, `line` for any line.
    public var event: String
    /// What the argument must match.
    public var pattern: Pattern?
    /// In which connections it applies.
    public var scope: Scope
    /// When it applies.
    public var occurrence: Occurrence
    /// What it does, in order; timing actions (`dribble`, `wait`) come before what they govern.
    public var actions: [Action]
    /// Where it stands.
    public var place: SourcePlace

    /// A rule.
    public init(
        event: String,
        pattern: Pattern?,
        scope: Scope = Scope(),
        occurrence: Occurrence,
        actions: [Action],
        place: SourcePlace
    ) {
        self.event = event
        self.pattern = pattern
        self.scope = scope
        self.occurrence = occurrence
        self.actions = actions
        self.place = place
    }
}
