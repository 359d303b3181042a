public import ParleyVerbs

/// The verb table of SMTP.
public enum SMTPVerbs {
    /// The states of a session, in the order in which it usually passes through them. `refused` is a
    /// session whose greeting was not 2xx, `greeted` one before EHLO or after TLS came up.
    public static let states = [
        "connected", "refused", "greeted", "ready", "mail", "recipient", "data", "closed",
    ]

    private static let open = ["greeted", "ready", "mail", "recipient"]

    /// All verbs, those of later work at the end.
    public static let table: [VerbSpec] = current + reserved

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
            clauses: TLSClause.table,
            states: ["ready"],
            requires: "STARTTLS",
            endsPipeline: true,
            reference: "RFC 3207"
        ),
        VerbSpec(
            "auth",
            help: "log in with a SASL mechanism",
            slots: [
                SlotSpec("mechanism", .mechanism),
                SlotSpec("user", .text, optional: true),
                SlotSpec("password", .text, optional: true, secret: true),
            ],
            clauses: [ClauseSpec(["in", "clear"])],
            states: ["ready"],
            requires: "AUTH",
            endsPipeline: true,
            reference: "RFC 4954"
        ),
        VerbSpec(
            "mail",
            help: "begin a transaction and name the sender",
            slots: [
                SlotSpec("reverse-path", .path(allowsNull: true)),
                SlotSpec("parameters", .parameter, optional: true, rest: true),
            ],
            states: ["ready"],
            reference: "RFC 5321 §4.1.1.2"
        ),
        VerbSpec(
            "rcpt",
            help: "name a recipient",
            slots: [
                SlotSpec("forward-path", .path(allowsNull: false)),
                SlotSpec("parameters", .parameter, optional: true, rest: true),
            ],
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
        later("lhlo", "say who we are to an LMTP server", "RFC 2033 §4.1"),
        later("bdat", "send a chunk of the message", "RFC 3030"),
        later("deliver", "send a whole message", "RFC 5321 §3.3"),
        later("etrn", "ask for the mail that is queued", "RFC 1985"),
        later("xclient", "pose as another client", ""),
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
