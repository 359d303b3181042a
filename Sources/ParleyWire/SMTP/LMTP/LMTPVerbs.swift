internal import ParleyVerbs

/// The verb table of LMTP: that of SMTP with LHLO in the place of EHLO and HELO, RFC 2033 §4.
enum LMTPVerbs {
    static let table: [VerbSpec] =
        [
            VerbSpec(
                "lhlo",
                help: "say who we are and ask for extensions",
                slots: [SlotSpec("domain", .domain, optional: true)],
                states: ["greeted", "ready", "mail", "recipient"],
                endsPipeline: true,
                reference: "RFC 2033 §4.1"
            )
        ]
        + SMTPVerbs.table.filter { !absent.contains($0.name) }

    /// What RFC 2033 §4.1 forbids, what it says otherwise, and what asks for queued mail, of which
    /// LMTP has none.
    private static let absent = ["ehlo", "helo", "etrn"]

    /// What scripts write in their place.
    static let instead = ["ehlo": "lhlo", "helo": "lhlo"]
}
