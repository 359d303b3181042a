import ParleyWire

/// What reply codes mean: RFC 5321 §4.2.3 and its companions, the registry of RFC 5248.
enum CodeMeaning {
    /// The meaning of a reply code: its own, or that of its first digit.
    static func text(of code: Int) -> String {
        codes[code] ?? classes[code / 100] ?? "a code of no known class"
    }

    /// The meaning of the word of a protocol that answers in words (RFC 9051 §7.1).
    static func text(of word: String) -> String {
        switch word {
        case "OK": "done"
        case "NO": "it could not be done"
        case "BAD": "the command is not understood, or not allowed now"
        case "BYE": "the server ends the session"
        case "PREAUTH": "the session begins logged in"
        default: "go on"
        }
    }

    /// The meaning of an enhanced code: its own, or that of its subject.
    static func text(of status: EnhancedStatus) -> String {
        let key = "\(status.subject).\(status.detail)"
        let subject = subjects[status.subject] ?? "a subject of its own"
        let detail = details[key] ?? "\(subject), not told more exactly"
        let severity = [2: "success", 4: "a failure that may pass", 5: "a failure that stays"]
        return "\(severity[status.severity] ?? ""): \(detail)"
    }

    private static let classes = [
        1: "go on", 2: "done", 3: "go on: more is needed",
        4: "refused for now: try again later", 5: "refused: do not try again as it is",
    ]

    private static let codes = [
        211: "status or help", 214: "help", 220: "ready", 221: "the session ends",
        235: "logged in", 250: "done", 251: "not here, but it will be forwarded",
        252: "cannot tell, but will try to deliver", 334: "the login goes on",
        354: "send the message, a dot on a line ends it",
        421: "the service is not available, the session ends", 432: "the password must be changed",
        450: "the mailbox cannot be had now", 451: "an error of the server",
        452: "no room now, or too many recipients", 453: "no mail waits here",
        454: "a login or TLS cannot be had now", 455: "the parameters cannot be had now",
        458: "the queue cannot be run", 459: "the node is not allowed",
        500: "the command is not understood", 501: "the arguments are not understood",
        502: "the command is not carried out here", 503: "the command comes out of order",
        504: "this argument is not carried out here", 521: "this host takes no mail",
        530: "log in or begin TLS first", 534: "the mechanism is too weak",
        535: "the login is refused", 538: "this mechanism needs TLS",
        550: "no such mailbox, or a policy refuses it", 551: "not here: try elsewhere",
        552: "too much for the mailbox or the server", 553: "the mailbox's name is not allowed",
        554: "the transaction failed, or this host is not wanted",
        555: "parameters of MAIL or RCPT are not known", 556: "the domain takes no mail",
    ]

    private static let subjects = [
        0: "nothing in particular", 1: "the address", 2: "the mailbox", 3: "the mail system",
        4: "the network or the route", 5: "the protocol", 6: "the message's content",
        7: "security or policy",
    ]

    private static let details = [
        "1.0": "something about the address", "1.1": "no such mailbox",
        "1.2": "no such domain, or it cannot be routed", "1.3": "the address is malformed",
        "1.4": "the address is ambiguous", "1.5": "the address is valid",
        "1.6": "the mailbox has moved", "1.7": "the sender's address is malformed",
        "1.8": "the sender's domain does not exist or takes no mail",
        "1.9": "it was relayed to a system without such codes",
        "1.10": "the domain says that it takes no mail (null MX)",
        "2.0": "something about the mailbox", "2.1": "the mailbox is disabled",
        "2.2": "the mailbox is full", "2.3": "the message is too long for the mailbox",
        "2.4": "the mailing list cannot be expanded",
        "3.0": "something about the mail system", "3.1": "the mail system is full",
        "3.2": "the system takes no messages now", "3.3": "the system lacks a feature",
        "3.4": "the message is too big for the system", "3.5": "the system is set up wrongly",
        "3.6": "the priority was changed", "4.0": "something about the network",
        "4.1": "the host does not answer", "4.2": "the connection is bad",
        "4.3": "a directory does not answer", "4.4": "there is no route",
        "4.5": "the network is congested", "4.6": "the message goes in circles",
        "4.7": "delivery took too long", "5.0": "something about the protocol",
        "5.1": "the command is not valid here", "5.2": "the command's syntax is wrong",
        "5.3": "too many recipients", "5.4": "the command's arguments are wrong",
        "5.5": "the protocol's version is wrong", "5.6": "the login's line is too long",
        "6.0": "something about the content", "6.1": "the kind of content is not taken",
        "6.2": "the content had to be converted, which is not allowed",
        "6.3": "the content had to be converted, which cannot be done",
        "6.4": "the content was converted with loss", "6.5": "the conversion failed",
        "6.6": "the content cannot be fetched", "6.7": "addresses beyond ASCII are not taken",
        "6.8": "a reply beyond ASCII is not allowed", "6.9": "a header beyond ASCII is not taken",
        "7.0": "a policy", "7.1": "a policy forbids delivery",
        "7.2": "writing to the list is not allowed", "7.3": "security cannot be converted",
        "7.4": "a security feature is missing", "7.5": "a cryptographic failure",
        "7.6": "the algorithm is not known", "7.7": "the message was changed on its way",
        "7.8": "the credentials are wrong", "7.9": "the mechanism is too weak",
        "7.10": "encryption is needed", "7.11": "this mechanism needs encryption",
        "7.12": "the password must be changed", "7.13": "the account is disabled",
        "7.14": "a relationship of trust is needed", "7.15": "the priority is too low",
        "7.16": "the message is too big for its priority",
        "7.17": "the mailbox has changed its owner", "7.18": "the domain has changed its owner",
        "7.19": "the check of the owner cannot be done", "7.20": "no DKIM signature passed",
        "7.21": "no DKIM signature is acceptable", "7.22": "no DKIM signature of the author's",
        "7.23": "SPF failed", "7.24": "SPF could not be checked",
        "7.25": "the client's address has no matching name", "7.26": "several checks failed",
        "7.27": "the sender's domain says that it takes no mail",
        "7.28": "too many messages or connections", "7.29": "ARC failed",
        "7.30": "REQUIRETLS cannot be kept",
    ]
}
