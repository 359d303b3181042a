/// Why a conversation cannot go on as the protocol has it, or why a verb was not sent.
public struct WireError: Error, Hashable, Sendable {
    /// The kind of failure.
    public let code: Code

    /// What happened, for people; it quotes nothing of the peer's and no secret.
    public let detail: String

    /// The octets at fault, at most 512 of them; hostile, and not redacted.
    public let bytes: [UInt8]

    /// A failure; only the first 512 octets of `bytes` are kept.
    public init(_ code: Code, _ detail: String, bytes: [UInt8] = []) {
        self.code = code
        self.detail = detail
        self.bytes = bytes.count > 512 ? Array(bytes.prefix(512)) : bytes
    }

    /// The stable dotted reason: `smtp.reply.malformed`.
    public var reason: String { code.rawValue }

    /// A kind of failure; its raw value is the stable dotted reason.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The dotted reason.
        public let rawValue: String

        /// A kind of failure with that reason.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// A line that is not a reply line of RFC 5321 §4.2.
        public static let malformed = Code(rawValue: "smtp.reply.malformed")
        /// A reply that nobody asked for.
        public static let unsolicited = Code(rawValue: "smtp.reply.unsolicited")
        /// Lines of one reply with different codes.
        public static let mixedCodes = Code(rawValue: "smtp.reply.mixed-codes")
        /// A line longer than ``WireLimits/line``.
        public static let line = Code(rawValue: "limit.line")
        /// A reply larger than ``WireLimits/reply`` or ``WireLimits/replyLines``.
        public static let reply = Code(rawValue: "limit.reply")
        /// A literal larger than ``WireLimits/literal``.
        public static let literal = Code(rawValue: "limit.literal")
        /// More unread octets than ``WireLimits/buffer``.
        public static let memory = Code(rawValue: "limit.memory")
        /// A verb that the state of the session does not allow.
        public static let outOfTurn = Code(rawValue: "smtp.out-of-turn")
        /// A verb whose extension the server did not offer.
        public static let notOffered = Code(rawValue: "smtp.not-offered")
        /// A SASL mechanism that one side does not know.
        public static let mechanism = Code(rawValue: "auth.mechanism")
        /// A SASL exchange in which the server broke the mechanism's rules, or could not prove that
        /// it knows the password; RFC 4954.
        public static let refused = Code(rawValue: "auth.refused")
        /// More challenges in one SASL exchange than ``WireLimits/challenges``.
        public static let challenges = Code(rawValue: "limit.challenges")
        /// A secret that would travel in clear.
        public static let clear = Code(rawValue: "auth.clear")
        /// A verb or an argument that cannot be put on the wire.
        public static let verb = Code(rawValue: "script.verb")
    }
}
