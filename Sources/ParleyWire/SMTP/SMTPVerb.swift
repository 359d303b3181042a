/// The verbs whose outcome changes a session.
enum SMTPVerb: String, Sendable {
    case ehlo, helo, starttls, auth, mail, rcpt, data, rset, noop, vrfy, expn, help, quit

    /// The verb that a raw line begins with, whatever the case.
    init?(line: some Collection<UInt8>) {
        let word = line.prefix { $0 != 0x20 && $0 != 0x0D && $0 != 0x0A }
        guard word.count <= 8 else { return nil }
        self.init(rawValue: String(decoding: word.map { $0 | 0x20 }, as: UTF8.self))
    }
}
