extension Explanations {
    static let limitReasons = [
        limit(
            "line",
            "a line is too long",
            "The peer sent a line longer than the limit (8 KiB), or octets without any line end.",
            causes: [
                "another protocol, or binary data",
                "a capability or a search result of unusual length",
            ],
            example: "EHLO: a line exceeds 8192 octets"
        ),
        limit(
            "reply",
            "a reply is too long",
            "One reply has more lines or octets than the limits allow (256 lines, 64 KiB).",
            causes: [
                "a server that never ends its reply", "help texts or lists of unusual length",
            ],
            example: "EHLO: the reply exceeds 256 lines"
        ),
        limit(
            "challenges",
            "a login takes too many steps",
            "The server sent more challenges in one SASL exchange than the limit (16).",
            causes: ["a broken or hostile server that keeps a login going"],
            isFixed: true,
            example: "AUTH LOGIN: the server sent over 16 challenges"
        ),
        limit(
            "literal",
            "a literal is too long",
            "The peer announces or sends a literal beyond the limit (1 MiB) where it is not "
                + "streamed.",
            causes: ["a message or part larger than the script reckoned with"],
            example: "FETCH: a literal of 52428800 octets exceeds 1 MiB"
        ),
        limit(
            "chain",
            "the certificates are too many or too large",
            "The server sends certificates of more than 64 KiB, or a chain of more than 16.",
            causes: [
                "a file with all the authorities of a system served as the chain",
                "a hostile server that keeps its clients busy",
            ],
            isFixed: true,
            example: "TLS handshake: the peer's certificates are larger than 64 KiB"
        ),
        limit(
            "session",
            "the session received too much",
            "All that came in one session exceeds the limit (16 MiB).",
            causes: ["a peer that floods", "a test that really reads that much"],
            example: "the session exceeds 16 MiB"
        ),
        limit(
            "message",
            "a message is too large",
            "A message that the script makes or reads exceeds the limit.",
            causes: ["attachments larger than intended", "a loop that adds to a message"],
            example: "message note: exceeds the limit of 64 MiB"
        ),
        limit(
            "memory",
            "a value grew too large",
            "A text, list or file that the script builds exceeds what one run may hold.",
            causes: [
                "repetition of a text that grows each round", "a file much larger than thought",
            ],
            example: "join(): the text exceeds 64 MiB"
        ),
    ]

    private static func limit(
        _ name: String,
        _ title: String,
        _ meaning: String,
        causes: [String],
        isFixed: Bool = false,
        example: String
    ) -> Explanation {
        Explanation(
            "limit.\(name)",
            title,
            meaning + " Limits keep a hostile or broken peer from filling this machine's memory.",
            causes: causes,
            remedies: ["--trace shows what comes; most often it should not come at all"]
                + (isFixed ? [] : ["if it is right, raise it with `defaults` in the script"]),
            example: example
        )
    }
}
