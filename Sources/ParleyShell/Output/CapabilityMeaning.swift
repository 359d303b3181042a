import ParleyVerbs

/// What the keywords of EHLO are good for, in a few words.
enum CapabilityMeaning {
    /// The meaning of a keyword; empty if it is not known.
    static func text(of keyword: String) -> String { table[keyword.asciiUppercased] ?? "" }

    private static let table: [String: String] = [
        "8BITMIME": "octets beyond ASCII in a message (RFC 6152)",
        "ATRN": "take turns on this connection (RFC 2645)",
        "AUTH": "log in, with these mechanisms (RFC 4954)",
        "BINARYMIME": "any octets in a message, with CHUNKING (RFC 3030)",
        "BURL": "a message fetched from IMAP (RFC 4468)",
        "CHUNKING": "a message in chunks: bdat (RFC 3030)",
        "CONPERM": "permission to convert content (RFC 4141)",
        "DELIVERBY": "a deadline for delivery (RFC 2852)",
        "DSN": "ask for delivery reports: NOTIFY, RET (RFC 3461)",
        "ENHANCEDSTATUSCODES": "replies carry codes such as 5.1.1 (RFC 2034)",
        "ETRN": "ask to run the queue of a domain (RFC 1985)",
        "EXPN": "ask who is on a list (RFC 5321)",
        "FUTURERELEASE": "hold a message until later (RFC 4865)",
        "HELP": "ask for help (RFC 5321)",
        "LIMITS": "how many recipients and messages it takes (RFC 9422)",
        "LOGIN": "an old way to say AUTH LOGIN",
        "MT-PRIORITY": "a priority for a message (RFC 6710)",
        "MTRK": "track a message (RFC 3885)",
        "NO-SOLICITING": "no advertising (RFC 3865)",
        "PIPELINING": "several commands at once (RFC 2920)",
        "PRDR": "one reply for each recipient after the message",
        "REQUIRETLS": "a message travels under TLS only (RFC 8689)",
        "RRVS": "only if the mailbox is that old (RFC 7293)",
        "SIZE": "the largest message, in octets (RFC 1870)",
        "SMTPUTF8": "addresses beyond ASCII (RFC 6531)",
        "STARTTLS": "go on under TLS (RFC 3207)",
        "SUBMITTER": "who is responsible for a message (RFC 4405)",
        "UTF8SMTP": "an experiment that SMTPUTF8 replaced (RFC 5336)",
        "VERP": "a sender of its own for each recipient",
        "VRFY": "ask whether a mailbox exists (RFC 5321)",
        "X-EXPS": "an old login of Exchange",
        "XADR": "addresses as PMDF sees them",
        "XCIRCUIT": "circuits of PMDF",
        "XCLIENT": "pose as another client (Postfix)",
        "XDEBUG": "the server tells more about itself",
        "XEXCH50": "properties of messages between Exchange servers",
        "XFORWARD": "tell where a message came from (Postfix)",
        "XRDST": "routing of Exchange",
    ]
}
