/// What a scripted server answers where its script says nothing.
public enum SMTPServerDefaults {
    /// The polite answer to a verb in lower case; `body` is the end of a message. Other words get
    /// 502, and the header of the PROXY protocol gets none.
    ///
    /// - Parameters:
    ///   - name: how the server calls itself.
    ///   - isLMTP: whether the server speaks LMTP (RFC 2033).
    public static func reply(
        to verb: String,
        name: String,
        isLMTP: Bool = false
    ) -> SMTPServerReply? {
        switch verb {
        case "ehlo" where isLMTP, "helo" where isLMTP:
            SMTPServerReply(500, EnhancedStatus(5, 5, 1), ["LMTP begins with LHLO"])
        case "ehlo", "helo", "lhlo": SMTPServerReply(250, nil, [name])
        case "mail": SMTPServerReply(250, EnhancedStatus(2, 1, 0), ["Ok"])
        case "rcpt": SMTPServerReply(250, EnhancedStatus(2, 1, 5), ["Ok"])
        case "data": SMTPServerReply(354, nil, ["End data with <CR><LF>.<CR><LF>"])
        case "body", "rset", "noop", "xforward":
            SMTPServerReply(250, EnhancedStatus(2, 0, 0), ["Ok"])
        case "bdat": SMTPServerReply(501, EnhancedStatus(5, 5, 4), ["BDAT needs a size"])
        case "vrfy": SMTPServerReply(252, EnhancedStatus(2, 0, 0), ["Try RCPT"])
        case "expn": SMTPServerReply(252, EnhancedStatus(2, 0, 0), ["No lists are shown"])
        case "help": SMTPServerReply(214, EnhancedStatus(2, 0, 0), ["See RFC 5321"])
        case "etrn": SMTPServerReply(250, EnhancedStatus(2, 0, 0), ["Queuing started"])
        case "xclient": greeting(name: name)
        case "quit": SMTPServerReply(221, EnhancedStatus(2, 0, 0), ["Bye"])
        case "proxy": nil
        default: SMTPServerReply(502, EnhancedStatus(5, 5, 2), ["Command not recognized"])
        }
    }

    /// The greeting.
    public static func greeting(name: String, isLMTP: Bool = false) -> SMTPServerReply {
        SMTPServerReply(220, nil, ["\(name) \(isLMTP ? "LMTP" : "ESMTP")"])
    }

    /// The answer to a chunk (RFC 3030 section 2).
    public static func reply(to chunk: SMTPServerChunk) -> SMTPServerReply {
        SMTPServerReply(250, EnhancedStatus(2, 0, 0), ["\(chunk.size) octets received"])
    }
}
