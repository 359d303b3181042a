internal import ParleyVerbs

extension IMAPVerbs {
    private static let selected = ["selected"]
    private static let sequence = SlotSpec("messages", .sequence)

    /// What is said of the messages of the selected mailbox, RFC 9051 §6.4.
    static let messages = [
        row(
            "unselect",
            "leave the mailbox and change nothing in it",
            states: selected,
            requires: "UNSELECT",
            "RFC 9051 §6.4.2"
        ),
        row(
            "expunge",
            "remove the messages with the flag \\Deleted",
            states: selected,
            "RFC 9051 §6.4.3"
        ),
        row(
            "search",
            "look for messages: all, or those that fit the criteria",
            slots: [SlotSpec("criterion", .text, optional: true, rest: true)],
            states: selected,
            hasReservedResult: true,
            "RFC 9051 §6.4.4"
        ),
        row(
            "fetch",
            "get messages whole, or items of them, flags for example",
            slots: [sequence, SlotSpec("item", .text, optional: true, rest: true)],
            states: selected,
            hasReservedResult: true,
            "RFC 9051 §6.4.5"
        ),
        row(
            "store",
            "set flags of messages, or add and remove some",
            slots: [
                sequence,
                SlotSpec(
                    "how",
                    .keyword([
                        "flags", "+flags", "-flags", "flags.silent", "+flags.silent",
                        "-flags.silent",
                    ])
                ),
                SlotSpec("flag", .text, optional: true, rest: true),
            ],
            states: selected,
            "RFC 9051 §6.4.6"
        ),
        row(
            "copy",
            "copy messages into another mailbox",
            slots: [sequence, SlotSpec("mailbox", .mailbox)],
            states: selected,
            "RFC 9051 §6.4.7"
        ),
        row(
            "move",
            "move messages into another mailbox",
            slots: [sequence, SlotSpec("mailbox", .mailbox)],
            states: selected,
            requires: "MOVE",
            "RFC 9051 §6.4.8"
        ),
        row(
            "uid",
            "say copy, move, fetch, store, search or expunge with UIDs instead of numbers",
            slots: [
                SlotSpec(
                    "verb",
                    .keyword(["copy", "move", "fetch", "store", "search", "expunge"])
                ),
                SlotSpec("argument", .text, optional: true, rest: true),
            ],
            states: selected,
            "RFC 9051 §6.4.9"
        ),
    ]
}
