internal import ParleyVerbs

/// The parameters of MAIL that are known, each with its RFC.
enum MailParameters {
    static let table: [ParameterSpec] = [
        ParameterSpec(
            "SIZE",
            .octets,
            requires: "SIZE",
            help: "how many octets the message has",
            reference: "RFC 1870 §5"
        ),
        ParameterSpec(
            "BODY",
            .keyword(["7BIT", "8BITMIME", "BINARYMIME"]),
            requires: "8BITMIME",
            requiresForValue: ["BINARYMIME": "BINARYMIME"],
            help: "which octets the message holds",
            reference: "RFC 6152 §2, RFC 3030 §3"
        ),
        ParameterSpec(
            "SMTPUTF8",
            .none,
            requires: "SMTPUTF8",
            help: "paths and header fields may go beyond ASCII",
            reference: "RFC 6531 §3.4"
        ),
        ParameterSpec(
            "RET",
            .keyword(["FULL", "HDRS"]),
            requires: "DSN",
            help: "how much of the message a notification returns",
            reference: "RFC 3461 §4.3"
        ),
        ParameterSpec(
            "ENVID",
            .xtext(limit: 100),
            requires: "DSN",
            help: "an identifier that notifications repeat",
            reference: "RFC 3461 §4.4"
        ),
        ParameterSpec(
            "AUTH",
            .xtext(limit: 500),
            requires: "AUTH",
            help: "who submitted the message; <> where that is not known",
            reference: "RFC 4954 §5"
        ),
        ParameterSpec(
            "REQUIRETLS",
            .none,
            requires: "REQUIRETLS",
            needsTLS: true,
            help: "never relay the message without verified TLS",
            reference: "RFC 8689 §3"
        ),
        ParameterSpec(
            "BY",
            .deliverBy,
            requires: "DELIVERBY",
            help: "by when to deliver, and whether to notify (N) or return (R) what is late",
            reference: "RFC 2852 §4"
        ),
        ParameterSpec(
            "HOLDFOR",
            .seconds(limit: 999_999_999),
            requires: "FUTURERELEASE",
            excludes: "HOLDUNTIL",
            help: "how long to hold the message before it is relayed",
            reference: "RFC 4865 §4"
        ),
        ParameterSpec(
            "HOLDUNTIL",
            .dateTime,
            requires: "FUTURERELEASE",
            help: "until when to hold the message",
            reference: "RFC 4865 §4"
        ),
        ParameterSpec(
            "MT-PRIORITY",
            .number(-9...9),
            requires: "MT-PRIORITY",
            help: "how urgent the message is",
            reference: "RFC 6710 §4.1"
        ),
        ParameterSpec(
            "PRDR",
            .none,
            requires: "PRDR",
            help: "answer the message for each recipient",
            reference: "draft-hall-prdr-00"
        ),
    ]
}
