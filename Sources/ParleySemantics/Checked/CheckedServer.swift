public import ParleyDiagnostics
public import ParleyPatterns

/// A scripted server, checked. Its texts are expressions over globals and the names in scope where
/// it is declared; they are made when the server is started, and the rules name them by index.
public struct CheckedServer: Sendable {
    /// Its name.
    public var name: String
    /// `smtp`, `smtps`, `tcp`.
    public var protocolName: String
    /// The text of the address it listens on; index into ``texts``.
    public var endpoint: Int
    /// What its header says about its certificate and name.
    public var options: ServerOptions
    /// The texts of the rules; strings, or bytes for `raw`.
    public var texts: [CheckedExpression]
    /// The rules in order.
    public var rules: [CheckedServerRule]
    /// Where it stands.
    public var place: SourcePlace

    /// A scripted server.
    public init(
        name: String,
        protocolName: String,
        endpoint: Int,
        options: ServerOptions,
        texts: [CheckedExpression],
        rules: [CheckedServerRule],
        place: SourcePlace
    ) {
        self.name = name
        self.protocolName = protocolName
        self.endpoint = endpoint
        self.options = options
        self.texts = texts
        self.rules = rules
        self.place = place
    }
}

/// Header clauses of a scripted server.
public struct ServerOptions: Hashable, Sendable {
    /// `certificate KIND`: what is wrong with the throw-away certificate; `good` by default.
    /// One of `good expired not-yet-valid self-signed untrusted wrong-host weak`.
    public var certificate = "good"
    /// `name N`: names in the certificate besides the address; also what the server calls itself.
    public var names: [String] = []
    /// `tls VERSION`: the only TLS version it speaks, counted from TLSv1.0 = 1.
    public var tlsVersion: Int?
    /// `anywhere`: may bind to an address that is not loopback.
    public var mayLeaveLoopback = false

    /// The defaults.
    public init() {}
}

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

    /// What the server does.
    public enum Action: Hashable, Sendable {
        /// A reply: lines are indices into the server's texts; none stands for the usual text.
        case reply(code: Int, enhanced: String?, lines: [Int])
        /// Capabilities of an EHLO reply, in place of the default ones; indices of texts.
        case offers([Int])
        /// Sends what follows in pieces of `size` octets every `interval` nanoseconds.
        case dribble(size: Int, interval: Int64)
        /// Waits so many nanoseconds first.
        case wait(Int64)
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
        occurrence: Occurrence,
        actions: [Action],
        place: SourcePlace
    ) {
        self.event = event
        self.pattern = pattern
        self.occurrence = occurrence
        self.actions = actions
        self.place = place
    }
}
