public import ParleyVerbs

/// The verb table of IMAP, RFC 9051 (and RFC 3501), with the extensions that servers offer.
public enum IMAPVerbs {
    /// The states of a session, RFC 9051 §3, in the order in which it usually passes through them.
    public static let states = [
        "connected", "not authenticated", "authenticated", "selected", "idle", "logout", "closed",
    ]

    /// The words that replies say, RFC 9051 §7.1.
    public static let statuses = StatusWord.allCases

    static let any = ["not authenticated", "authenticated", "selected"]
    static let loggedIn = ["authenticated", "selected"]

    /// All verbs.
    public static let table: [VerbSpec] = session + mailboxes + messages

    static func row(
        _ name: String,
        wire: String? = nil,
        _ help: String,
        slots: [SlotSpec] = [],
        clauses: [ClauseSpec] = [],
        states: [String],
        requires: String? = nil,
        hasReservedResult: Bool = false,
        _ section: String
    ) -> VerbSpec {
        VerbSpec(
            name,
            wire: wire,
            help: help,
            slots: slots,
            clauses: clauses + (requires == nil ? [] : [ClauseSpec(["unoffered"])]),
            success: .ok,
            states: states,
            requires: requires,
            reference: section,
            hasReservedResult: hasReservedResult
        )
    }

    private static let session = [
        row("capability", "ask what the server offers", states: any, "RFC 9051 §6.1.1"),
        row("noop", "do nothing, and hear what is new", states: any, "RFC 9051 §6.1.2"),
        row("logout", "end the session", states: any, "RFC 9051 §6.1.3"),
        row(
            "id",
            "tell who we are, by names and values in turn, and ask who the server is",
            slots: [SlotSpec("name-and-value", .text, optional: true, rest: true)],
            states: any,
            requires: "ID",
            "RFC 2971 §3.1"
        ),
        row(
            "starttls",
            "go on under TLS",
            clauses: TLSClause.table + [ClauseSpec(["inject"], SlotSpec("octets", .content))],
            states: ["not authenticated"],
            requires: "STARTTLS",
            "RFC 9051 §6.2.1"
        ),
        row(
            "login",
            "log in with a password as it is",
            slots: [
                SlotSpec("user", .text), SlotSpec("password", .text, secret: true),
            ],
            clauses: [ClauseSpec(["in", "clear"]), ClauseSpec(["unoffered"])],
            states: ["not authenticated"],
            "RFC 9051 §6.2.3"
        ),
        row(
            "auth",
            wire: "AUTHENTICATE",
            "log in with a SASL mechanism",
            slots: [
                SlotSpec("mechanism", .mechanism(SMTPVerbs.mechanisms)),
                SlotSpec("user", .text, optional: true),
                SlotSpec("password", .text, optional: true, secret: true),
            ],
            clauses: [
                ClauseSpec(["binding"], SlotSpec("type", .keyword(SMTPVerbs.bindingTypes))),
                ClauseSpec(["in", "clear"]), ClauseSpec(["unoffered"]),
            ],
            states: ["not authenticated"],
            "RFC 9051 §6.2.2"
        ),
        row(
            "enable",
            "switch extensions on",
            slots: [SlotSpec("capability", .text, rest: true)],
            states: ["authenticated"],
            requires: "ENABLE",
            "RFC 9051 §6.3.1"
        ),
    ]

}
