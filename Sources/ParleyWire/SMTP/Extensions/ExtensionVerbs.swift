internal import ParleyVerbs

/// The verbs that extensions of SMTP add.
enum ExtensionVerbs {
    static let bdat = VerbSpec(
        "bdat",
        help: "send a chunk of the message",
        slots: [SlotSpec("text-or-octets", .chunk, optional: true)],
        clauses: [ClauseSpec(["last"]), ClauseSpec(["raw"]), ClauseSpec(["unoffered"])],
        states: ["recipient", "chunks"],
        requires: "CHUNKING",
        reference: "RFC 3030 §2"
    )

    static let etrn = VerbSpec(
        "etrn",
        help: "ask for the mail that is queued for a domain",
        slots: [SlotSpec("domain", .text)],
        clauses: [ClauseSpec(["unoffered"])],
        states: ["ready"],
        requires: "ETRN",
        reference: "RFC 1985"
    )

    static let xclient = VerbSpec(
        "xclient",
        help: "pose as another client",
        slots: [SlotSpec("attributes", .attribute, rest: true)],
        clauses: [ClauseSpec(["unoffered"])],
        parameters: ClientAttributes.posing,
        states: ["ready"],
        requires: "XCLIENT",
        endsPipeline: true,
        reference: "Postfix XCLIENT_README"
    )

    static let xforward = VerbSpec(
        "xforward",
        help: "tell of the client that the message came from",
        slots: [SlotSpec("attributes", .attribute, rest: true)],
        clauses: [ClauseSpec(["unoffered"])],
        parameters: ClientAttributes.forwarded,
        states: ["ready"],
        requires: "XFORWARD",
        reference: "Postfix XFORWARD_README"
    )

    /// Those that both SMTP and LMTP know.
    static let all = [bdat, etrn, xclient, xforward]
}
