public import ParleyVerbs

/// The verb table of SMTP; extensions add ``ExtensionVerbs``.
public enum SMTPVerbs {
    /// The states of a session, in the order in which it usually passes through them. `refused` is
    /// a session whose greeting was not 2xx, `greeted` one before EHLO or after TLS came up,
    /// `chunks` one in the midst of a message that BDAT sends.
    public static let states = [
        "connected", "refused", "greeted", "ready", "mail", "recipient", "chunks", "data", "closed",
    ]

    private static let open = ["greeted", "ready", "mail", "recipient", "chunks"]

    /// What `auth` takes: a mechanism, or the strongest for a password that the server offers.
    static let mechanisms = ["best"] + SASLMechanisms.names.map(\.asciiLowercased)

    /// All verbs, those of later work at the end.
    public static let table: [VerbSpec] = current + ExtensionVerbs.all + reserved

    static let bindingTypes = ChannelBinding.Kind.allCases.map(\.rawValue)

    private static let current: [VerbSpec] = [
        VerbSpec(
            "ehlo",
            help: "say who we are and ask for extensions",
            slots: [SlotSpec("domain", .domain, optional: true)],
            states: open,
            endsPipeline: true,
            reference: "RFC 5321 §4.1.1.1"
        ),
        VerbSpec(
            "helo",
            help: "say who we are, without extensions",
            slots: [SlotSpec("domain", .domain, optional: true)],
            states: open,
            endsPipeline: true,
            reference: "RFC 5321 §4.1.1.1"
        ),
        VerbSpec(
            "starttls",
            help: "go on under TLS",
            clauses: TLSClause.table + [
                ClauseSpec(["inject"], SlotSpec("octets", .content)),
                ClauseSpec(["unoffered"]),
            ],
            states: ["ready"],
            requires: "STARTTLS",
            endsPipeline: true,
            reference: "RFC 3207"
        ),
        VerbSpec(
            "auth",
            help: "log in with a SASL mechanism",
            slots: [
                SlotSpec("mechanism", .mechanism(mechanisms)),
                SlotSpec("user", .text, optional: true),
                SlotSpec("password", .text, optional: true, secret: true),
            ],
            clauses: [
                ClauseSpec(["binding"], SlotSpec("type", .keyword(bindingTypes))),
                ClauseSpec(["in", "clear"]),
                ClauseSpec(["unoffered"]),
            ],
            // RFC 4954 §6: no other code says that the login succeeded.
            success: .code(235),
            states: ["ready"],
            requires: "AUTH",
            endsPipeline: true,
            reference: "RFC 4954"
        ),
        VerbSpec(
            "mail",
            help: "begin a transaction and name the sender",
            slots: [
                SlotSpec("reverse-path", .path(allowsNull: true), lead: "FROM:"),
                SlotSpec("parameters", .parameter, optional: true, rest: true),
            ],
            clauses: [ClauseSpec(["unoffered"])],
            parameters: MailParameters.table,
            states: ["ready"],
            reference: "RFC 5321 §4.1.1.2"
        ),
        VerbSpec(
            "rcpt",
            help: "name a recipient",
            slots: [
                SlotSpec("forward-path", .path(allowsNull: false), lead: "TO:"),
                SlotSpec("parameters", .parameter, optional: true, rest: true),
            ],
            clauses: [ClauseSpec(["unoffered"])],
            parameters: RecipientParameters.table,
            states: ["mail", "recipient"],
            reference: "RFC 5321 §4.1.1.3"
        ),
        VerbSpec(
            "data",
            help: "ask to send the message",
            success: .positiveIntermediate,
            states: ["recipient"],
            endsPipeline: true,
            reference: "RFC 5321 §4.1.1.4"
        ),
        VerbSpec(
            "body",
            help: "send the message that DATA asked to send, or a sequence that breaks its rules",
            slots: [SlotSpec("content", .content)],
            clauses: [
                ClauseSpec(["unstuffed"]), ClauseSpec(["lf"]), ClauseSpec(["cr"]),
                ClauseSpec(["ending"], SlotSpec("octets", .content)),
                ClauseSpec(["unfinished"]), ClauseSpec(["in", "clear"]),
            ],
            states: ["data"],
            reference: "RFC 5321 §4.5.2"
        ),
        VerbSpec(
            "rset",
            help: "abandon the transaction",
            states: open,
            reference: "RFC 5321 §4.1.1.5"
        ),
        VerbSpec(
            "noop",
            help: "do nothing",
            slots: [SlotSpec("text", .text, optional: true, rest: true)],
            states: open,
            endsPipeline: true,
            reference: "RFC 5321 §4.1.1.9"
        ),
        VerbSpec(
            "vrfy",
            help: "ask whether a mailbox exists",
            slots: [SlotSpec("user", .text, rest: true)],
            states: open,
            endsPipeline: true,
            reference: "RFC 5321 §4.1.1.6"
        ),
        VerbSpec(
            "expn",
            help: "ask who is on a mailing list",
            slots: [SlotSpec("list", .text, rest: true)],
            states: open,
            endsPipeline: true,
            reference: "RFC 5321 §4.1.1.7"
        ),
        VerbSpec(
            "help",
            help: "ask for help",
            slots: [SlotSpec("topic", .text, optional: true, rest: true)],
            states: open,
            reference: "RFC 5321 §4.1.1.8"
        ),
        VerbSpec(
            "quit",
            help: "end the session",
            states: ["refused"] + open,
            endsPipeline: true,
            reference: "RFC 5321 §4.1.1.10"
        ),
    ]

    private static let reserved: [VerbSpec] = [
        later("deliver", "send a whole message", "RFC 5321 §3.3")
    ]

    static func later(_ name: String, _ help: String, _ reference: String) -> VerbSpec {
        VerbSpec(
            name,
            help: help,
            slots: [SlotSpec("arguments", .text, optional: true, rest: true)],
            reference: reference,
            isReserved: true
        )
    }
}
