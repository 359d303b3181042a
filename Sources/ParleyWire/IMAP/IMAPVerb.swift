/// The verbs of IMAP that a session has to know.
enum IMAPVerb: String, Sendable {
    case capability, noop, logout, id, starttls, login, auth, enable
    case select, examine, create, delete, rename, subscribe, unsubscribe, list, namespace, status
    case append, idle, getquota, getquotaroot
    case unselect, expunge, search, fetch, store, copy, move, uid
    /// Only raw lines say it: a script's `close` ends the session.
    case close

    /// The verb that goes over the wire under that name, whatever the case.
    init?(wire word: some Collection<UInt8>) {
        guard word.count <= 12 else { return nil }
        let name = String(decoding: word.map { $0 | 0x20 }, as: UTF8.self)
        self.init(rawValue: name == "authenticate" ? "auth" : name)
    }
}
