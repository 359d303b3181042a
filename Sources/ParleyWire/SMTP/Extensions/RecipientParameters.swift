internal import ParleyVerbs

/// The parameters of RCPT that are known, each with its RFC.
enum RecipientParameters {
    static let table: [ParameterSpec] = [
        ParameterSpec(
            "NOTIFY",
            .keywords(["SUCCESS", "FAILURE", "DELAY"], exclusive: "NEVER"),
            requires: "DSN",
            help: "which outcomes to notify the sender of",
            reference: "RFC 3461 §4.1"
        ),
        ParameterSpec(
            "ORCPT",
            .originalRecipient,
            requires: "DSN",
            help: "the recipient as the sender first wrote it",
            reference: "RFC 3461 §4.2, RFC 6533 §3"
        ),
    ]
}
