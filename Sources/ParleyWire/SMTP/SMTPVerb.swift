/// The verbs whose outcome changes a session.
enum SMTPVerb: Sendable {
    case ehlo, helo, lhlo, starttls, auth, mail, rcpt, data, bdat, rset, noop, vrfy, expn, help
    case etrn, xclient, xforward, quit

    /// The verb of that name in lower case. (A raw value of `String` would be found several times
    /// slower, and this is done for every verb that goes out.)
    init?(name: String) {
        switch name {
        case "mail": self = .mail
        case "rcpt": self = .rcpt
        case "data": self = .data
        case "quit": self = .quit
        case "ehlo": self = .ehlo
        case "rset": self = .rset
        case "starttls": self = .starttls
        case "auth": self = .auth
        case "helo": self = .helo
        case "noop": self = .noop
        case "vrfy": self = .vrfy
        case "expn": self = .expn
        case "help": self = .help
        case "bdat": self = .bdat
        case "lhlo": self = .lhlo
        case "etrn": self = .etrn
        case "xclient": self = .xclient
        case "xforward": self = .xforward
        default: return nil
        }
    }

    /// The verb that a raw line begins with, whatever the case.
    init?(line: some Collection<UInt8>) {
        let word = line.prefix { $0 != 0x20 && $0 != 0x0D && $0 != 0x0A }
        guard word.count <= 8 else { return nil }
        self.init(name: String(decoding: word.map { $0 | 0x20 }, as: UTF8.self))
    }

    /// Whether a host name stands in a positive reply where others have an enhanced code, RFC 2034
    /// §4. XCLIENT is answered with a new greeting.
    var isAnsweredByName: Bool {
        switch self {
        case .ehlo, .helo, .lhlo, .xclient: true
        default: false
        }
    }
}
