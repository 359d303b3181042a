/// What a server says of a command in a word instead of a code; RFC 9051 §7.1.
public enum StatusWord: String, CaseIterable, Hashable, Sendable {
    /// Done, or a greeting that asks for a login.
    case ok = "OK"
    /// Understood and refused.
    case no = "NO"
    /// Not understood.
    case bad = "BAD"
    /// The server is about to close the connection.
    case bye = "BYE"
    /// A greeting that needs no login.
    case preauth = "PREAUTH"
    /// The rest of the command, or the answer to a challenge, is awaited.
    case continuation = "+"

    /// Whether the word says that the command succeeded.
    public var isPositive: Bool { self == .ok || self == .preauth }

    /// Whether the word turns a command or the session down.
    public var isRefusal: Bool { self == .no || self == .bad || self == .bye }

    /// The word that octets spell, whatever the case.
    public init?(spelled word: some Collection<UInt8>) {
        guard word.count <= 7 else { return nil }
        self.init(rawValue: String(decoding: word, as: UTF8.self).asciiUppercased)
    }
}
