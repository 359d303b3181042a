internal import ParleyVerbs

extension IMAPVerbs {
    private static let mailbox = SlotSpec("mailbox", .mailbox)

    /// What is said of mailboxes, RFC 9051 §6.3.
    static let mailboxes = [
        row(
            "select",
            "open a mailbox",
            slots: [mailbox],
            states: loggedIn,
            "RFC 9051 §6.3.2"
        ),
        row(
            "examine",
            "open a mailbox and change nothing in it",
            slots: [mailbox],
            states: loggedIn,
            "RFC 9051 §6.3.3"
        ),
        row(
            "create",
            "make a mailbox",
            slots: [mailbox],
            states: loggedIn,
            "RFC 9051 §6.3.4"
        ),
        row(
            "delete",
            "remove a mailbox",
            slots: [mailbox],
            states: loggedIn,
            "RFC 9051 §6.3.5"
        ),
        row(
            "rename",
            "rename a mailbox",
            slots: [mailbox, SlotSpec("new-name", .mailbox)],
            states: loggedIn,
            "RFC 9051 §6.3.6"
        ),
        row(
            "subscribe",
            "mark a mailbox as subscribed",
            slots: [mailbox],
            states: loggedIn,
            "RFC 9051 §6.3.7"
        ),
        row(
            "unsubscribe",
            "take that mark away",
            slots: [mailbox],
            states: loggedIn,
            "RFC 9051 §6.3.8"
        ),
        row(
            "list",
            "list mailboxes: all, or those that fit a pattern with * and %",
            slots: [
                SlotSpec("reference", .mailbox, optional: true),
                SlotSpec("pattern", .mailbox, optional: true),
            ],
            states: loggedIn,
            "RFC 9051 §6.3.9"
        ),
        row(
            "namespace",
            "ask where mailboxes can be",
            states: loggedIn,
            requires: "NAMESPACE",
            "RFC 9051 §6.3.10"
        ),
        row(
            "status",
            "ask for numbers of a mailbox: MESSAGES, UIDNEXT, UIDVALIDITY and UNSEEN, or others",
            slots: [mailbox, SlotSpec("item", .text, optional: true, rest: true)],
            states: loggedIn,
            "RFC 9051 §6.3.11"
        ),
        row(
            "append",
            "put a message into a mailbox",
            slots: [mailbox, SlotSpec("message", .content)],
            clauses: [
                ClauseSpec(["flags"], SlotSpec("flags", .text)),
                ClauseSpec(["date"], SlotSpec("date", .text)),
                ClauseSpec(["raw"]),
            ],
            states: loggedIn,
            "RFC 9051 §6.3.12"
        ),
        row(
            "idle",
            "wait until the server tells something new, or the time is up",
            states: loggedIn,
            requires: "IDLE",
            "RFC 9051 §6.3.13"
        ),
        row(
            "getquota",
            "ask for the limits of a quota root",
            slots: [SlotSpec("root", .text, optional: true)],
            states: loggedIn,
            requires: "QUOTA",
            "RFC 9208 §4.1.2"
        ),
        row(
            "getquotaroot",
            "ask which quotas hold for a mailbox, and how full they are",
            slots: [mailbox],
            states: loggedIn,
            requires: "QUOTA",
            "RFC 9208 §4.1.3"
        ),
    ]
}
