internal import ParleyVerbs

/// Names of mailboxes, each once, in the order in which a server told them.
struct MailboxNames: Sendable {
    /// The names.
    private(set) var list: [String] = []
    private var known: Set<String> = []

    /// How many names are kept, and of which length in octets.
    private static let limit = 2000
    private static let nameLimit = 1024

    /// Keeps a name, if it is new and there is room.
    mutating func insert(_ name: String) {
        let name = Self.normal(name)
        guard list.count < Self.limit, name.utf8.count <= Self.nameLimit,
            known.insert(name).inserted
        else { return }
        list.append(name)
    }

    /// Forgets a name.
    mutating func remove(_ name: String) {
        let name = Self.normal(name)
        guard known.remove(name) != nil else { return }
        list.removeAll { $0 == name }
    }

    /// INBOX is one mailbox, whatever its case; RFC 9051 §5.1.
    private static func normal(_ name: String) -> String {
        name.utf8.count == 5 && name.asciiUppercased == "INBOX" ? "INBOX" : name
    }
}
