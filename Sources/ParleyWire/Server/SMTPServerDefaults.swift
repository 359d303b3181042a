/// What a scripted server answers where its script says nothing.
public enum SMTPServerDefaults {
    /// The polite answer to a verb in lower case; `body` is the end of a message. Other words get 502.
    ///
    /// - Parameter name: how the server calls itself.
    public static func reply(to verb: String, name: String) -> SMTPServerReply {
        switch verb {
        case "ehlo", "helo", "lhlo": SMTPServerReply(250, nil, [name])
        case "mail": SMTPServerReply(250, EnhancedStatus(2, 1, 0), ["Ok"])
        case "rcpt": SMTPServerReply(250, EnhancedStatus(2, 1, 5), ["Ok"])
        case "data": SMTPServerReply(354, nil, ["End data with <CR><LF>.<CR><LF>"])
        case "body": SMTPServerReply(250, EnhancedStatus(2, 0, 0), ["Ok"])
        case "rset", "noop": SMTPServerReply(250, EnhancedStatus(2, 0, 0), ["Ok"])
        case "vrfy": SMTPServerReply(252, EnhancedStatus(2, 0, 0), ["Try RCPT"])
        case "help": SMTPServerReply(214, EnhancedStatus(2, 0, 0), ["See RFC 5321"])
        case "quit": SMTPServerReply(221, EnhancedStatus(2, 0, 0), ["Bye"])
        default: SMTPServerReply(502, EnhancedStatus(5, 5, 2), ["Command not recognized"])
        }
    }

    /// The greeting.
    public static func greeting(name: String) -> SMTPServerReply {
        SMTPServerReply(220, nil, ["\(name) ESMTP"])
    }
}
