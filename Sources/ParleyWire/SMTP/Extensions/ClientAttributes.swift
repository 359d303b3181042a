internal import ParleyVerbs

/// The attributes of XCLIENT and XFORWARD, Postfix's ways to hand on what it knows of a client.
enum ClientAttributes {
    private static let unavailable = "[UNAVAILABLE]"
    private static let temporarily = "[TEMPUNAVAIL]"

    private static let reference = "Postfix XCLIENT_README"
    private static let forwarding = "Postfix XFORWARD_README"

    /// What XCLIENT may claim.
    static let posing: [ParameterSpec] = [
        row("NAME", .host(states: [unavailable, temporarily]), "the client's name"),
        row("ADDR", .ip(states: [unavailable]), "the client's address"),
        row("PORT", .port(states: [unavailable]), "the client's port"),
        row("PROTO", .keyword(["SMTP", "ESMTP"]), "the protocol it speaks"),
        row("HELO", .host(states: [unavailable]), "how it greeted"),
        row("LOGIN", .xtext(limit: 255), "as whom it logged in, or [UNAVAILABLE]"),
        row("DESTADDR", .ip(states: [unavailable]), "the address it connected to"),
        row("DESTPORT", .port(states: [unavailable]), "the port it connected to"),
        row(
            "REVERSE_NAME",
            .host(states: [unavailable, temporarily]),
            "the client's name, not verified"
        ),
    ]

    /// What XFORWARD may tell.
    static let forwarded: [ParameterSpec] = [
        row("NAME", .host(states: [unavailable]), "the client's name", forwarding),
        row("ADDR", .ip(states: [unavailable]), "the client's address", forwarding),
        row("PORT", .port(states: [unavailable]), "the client's port", forwarding),
        row("PROTO", .xtext(limit: 64), "the protocol it spoke", forwarding),
        row("HELO", .host(states: [unavailable]), "how it greeted", forwarding),
        row("IDENT", .xtext(limit: 255), "the message's identifier there", forwarding),
        row(
            "SOURCE",
            .keyword(["LOCAL", "REMOTE", unavailable]),
            "where it came from",
            forwarding
        ),
    ]

    private static func row(
        _ name: String,
        _ value: ParameterValue,
        _ help: String,
        _ reference: String = reference
    ) -> ParameterSpec {
        ParameterSpec(name, value, help: help, reference: reference)
    }
}
