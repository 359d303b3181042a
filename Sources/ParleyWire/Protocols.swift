public import ParleyVerbs

/// The protocols that a script can `connect` with.
public enum Protocols {
    /// All of them; those that later work brings are marked so.
    public static let registry = ProtocolRegistry([
        ProtocolSpec(
            "smtp",
            family: "smtp",
            defaultPort: 25,
            verbs: SMTPVerbs.table,
            states: SMTPVerbs.states,
            instead: ["lhlo": "ehlo"]
        ),
        ProtocolSpec(
            "smtps",
            family: "smtp",
            defaultPort: 465,
            isImplicitTLS: true,
            verbs: SMTPVerbs.table,
            states: SMTPVerbs.states,
            instead: ["lhlo": "ehlo"]
        ),
        ProtocolSpec("tcp", family: "tcp", defaultPort: nil, hasGreeting: false),
        ProtocolSpec(
            "tls",
            family: "tcp",
            defaultPort: nil,
            isImplicitTLS: true,
            hasGreeting: false
        ),
        ProtocolSpec(
            "lmtp",
            family: "lmtp",
            defaultPort: 24,
            verbs: LMTPVerbs.table,
            states: SMTPVerbs.states,
            instead: LMTPVerbs.instead
        ),
        imap("imap", 143),
        imap("imaps", 993, isImplicitTLS: true),
        later("pop3", "pop3", 110, pop3),
        later("pop3s", "pop3", 995, pop3, isImplicitTLS: true),
        later("sieve", "sieve", 4190, []),
        later("sieves", "sieve", nil, [], isImplicitTLS: true),
    ])

    /// A client for a connection of `spec`'s protocol, or `nil` if that is left to later work.
    ///
    /// - Parameter name: what EHLO and HELO say where the script names no domain.
    public static func client(
        for spec: ProtocolSpec,
        defaultName name: String,
        limits: WireLimits = WireLimits()
    ) -> (any ProtocolClient)? {
        guard !spec.isReserved else { return nil }
        switch spec.family {
        case "smtp": return SMTPClient(defaultName: name, limits: limits)
        case "lmtp": return SMTPClient(defaultName: name, limits: limits, isLMTP: true)
        case "imap": return IMAPClient(limits: limits)
        case "tcp": return RawClient(limits: limits)
        default: return nil
        }
    }

    private static func imap(
        _ name: String,
        _ port: UInt16,
        isImplicitTLS: Bool = false
    ) -> ProtocolSpec {
        ProtocolSpec(
            name,
            family: "imap",
            defaultPort: port,
            isImplicitTLS: isImplicitTLS,
            verbs: IMAPVerbs.table,
            states: IMAPVerbs.states,
            statuses: IMAPVerbs.statuses
        )
    }

    private static let pop3 = [
        "login", "apop", "capa", "stat", "list", "uidl", "top", "retr", "dele", "rset", "noop",
        "quit", "auth",
    ]

    private static func later(
        _ name: String,
        _ family: String,
        _ port: UInt16?,
        _ verbs: [String],
        isImplicitTLS: Bool = false
    ) -> ProtocolSpec {
        ProtocolSpec(
            name,
            family: family,
            defaultPort: port,
            isImplicitTLS: isImplicitTLS,
            verbs: verbs.map { SMTPVerbs.later($0, "comes with later work", "") },
            isReserved: true
        )
    }
}
