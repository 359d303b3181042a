import ParleySyntax
import ParleyVerbs
import ParleyWire

/// What replies mean, by their class and by the word in the place of a code.
enum ReplyMeaning {
    private static let rows: [(pattern: String, meaning: String)] = [
        ("2xx", "done: the command was carried out"),
        ("3xx", "go on: the server waits for more"),
        ("4xx", "not now: a failure that may pass, try again later"),
        ("5xx", "no: a failure that stays, do not try again"),
    ]

    /// The classes of replies, the natural one of a verb first.
    static func classes(
        naturalFirst natural: ReplyClass
    ) -> [(pattern: String, meaning: String)] {
        natural == .positiveIntermediate ? [rows[1], rows[0]] + rows[2...] : rows
    }

    /// What a code or a pattern of codes means.
    static func code(_ code: CodePattern) -> String? {
        rows.first { $0.pattern.hasPrefix("\(code.lowest / 100)") }?.meaning
    }

    /// What an enhanced status code is about (RFC 3463).
    static func enhanced(_ pattern: EnhancedPattern) -> String {
        let outcome = [2: "success", 4: "a failure that may pass", 5: "a failure that stays"]
        let subjects = [
            "other or undefined", "addresses", "mailboxes", "the mail system",
            "the network and routing", "mail delivery protocol", "content and media", "security",
        ]
        let subject = pattern.subject.flatMap { subjects.indices.contains($0) ? subjects[$0] : nil }
        return [outcome[pattern.statusClass], subject.map { "about \($0)" }]
            .compactMap { $0 }.joined(separator: ", ")
    }

    /// What a word in the place of a code means.
    static func word(_ word: String) -> String? {
        switch word {
        case "any": "any whole, well-formed reply"
        case "closed": "the server closes the connection"
        case "timeout": "nothing comes in time"
        case "refused": "the connection is refused"
        default: StatusWord(rawValue: word).map(text)
        }
    }

    /// What a word means that IMAP answers with (RFC 9051 §7.1).
    static func text(of status: StatusWord) -> String {
        switch status {
        case .ok: "done: the command was carried out"
        case .no: "no: the command failed"
        case .bad: "the server does not understand the command"
        case .bye: "the server ends the session"
        case .preauth: "a greeting that needs no login"
        case .continuation: "go on: the server waits for more"
        }
    }

    /// The code with which a polite server answers a verb; `nil` for what it refuses.
    static func usualCode(for spec: VerbSpec) -> Int? {
        guard spec.success != .ok else { return nil }
        guard spec.name != "connect" else { return SMTPServerDefaults.greeting(name: "").code }
        let reply = SMTPServerDefaults.reply(to: spec.name, name: "")
        return reply.flatMap { $0.code < 400 ? $0.code : nil }
    }
}
