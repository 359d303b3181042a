internal import ParleyVerbs

/// What a scripted server of IMAP answers where its script says nothing: it has one empty mailbox,
/// INBOX, and takes what it is given.
public enum IMAPServerDefaults {
    /// What it offers.
    ///
    /// - Parameters:
    ///   - isSecured: whether TLS is up, so that it offers STARTTLS no more.
    ///   - isAuthenticated: whether somebody has logged in.
    public static func capabilities(isSecured: Bool, isAuthenticated: Bool) -> [String] {
        let always = ["IMAP4rev1", "ID", "ENABLE", "LITERAL+", "SASL-IR"]
        if isAuthenticated { return always + ["IDLE", "MOVE", "NAMESPACE", "UNSELECT", "UIDPLUS"] }
        let logins = ["AUTH=PLAIN", "AUTH=LOGIN", "AUTH=CRAM-MD5", "AUTH=SCRAM-SHA-256"]
        return always + (isSecured ? [] : ["STARTTLS"]) + logins
    }

    /// The polite answer to a command.
    public static func reply(
        to command: IMAPCommand,
        name: String,
        isAuthenticated: Bool
    ) -> IMAPServerReply {
        switch command.verb {
        case "noop": return IMAPServerReply(.ok, "NOOP completed")
        case "id": return IMAPServerReply(.ok, "ID completed", untagged: ["ID NIL"])
        case "logout":
            return IMAPServerReply(.ok, "LOGOUT completed", untagged: ["BYE \(name) says goodbye"])
        default: break
        }
        guard known.contains(command.verb) else {
            return IMAPServerReply(.bad, "Command not recognized")
        }
        guard isAuthenticated else { return IMAPServerReply(.bad, "Log in first") }
        return IMAPServerReply(
            .ok,
            code: code(of: command.verb),
            "\(command.verb.asciiUppercased) completed",
            untagged: data(of: command)
        )
    }

    private static let known: Set<String> = [
        "enable", "select", "examine", "create", "delete", "rename", "subscribe", "unsubscribe",
        "list", "lsub", "namespace", "status", "append", "getquota", "getquotaroot", "unselect",
        "close", "check", "expunge", "search", "fetch", "store", "copy", "move", "uid",
    ]

    private static func code(of verb: String) -> String? {
        switch verb {
        case "select": "READ-WRITE"
        case "examine": "READ-ONLY"
        default: nil
        }
    }

    private static func data(of command: IMAPCommand) -> [String] {
        switch command.verb {
        case "select", "examine":
            return [
                "FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)", "0 EXISTS",
                "OK [UIDVALIDITY 1] UIDs valid", "OK [UIDNEXT 1] Predicted next UID",
            ]
        case "list", "lsub":
            return ["\(command.verb.asciiUppercased) (\\HasNoChildren) \"/\" INBOX"]
        case "namespace": return ["NAMESPACE ((\"\" \"/\")) NIL NIL"]
        case "status":
            let mailbox = command.argument.prefix { $0 != 0x28 }
            return [
                "STATUS \(String(decoding: mailbox, as: UTF8.self))"
                    + "(MESSAGES 0 UIDNEXT 1 UIDVALIDITY 1 UNSEEN 0)"
            ]
        case "search": return ["SEARCH"]
        default: return []
        }
    }
}
