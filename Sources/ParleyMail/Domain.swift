/// The right side of an address: a domain or an address literal, RFC 5321 §4.1.2 and §4.1.3.
public struct Domain: Hashable, Sendable, CustomStringConvertible {
    /// The domain as written, an address literal with its brackets.
    public let text: String

    /// What it is.
    public let kind: Kind

    /// What stands on the right side of an address.
    public enum Kind: Hashable, Sendable {
        /// A domain in lower case (its ASCII letters), with U-labels as they are.
        case name(String)
        /// An IPv4 address in its usual spelling.
        case ipv4(String)
        /// An IPv6 address in lower case, as written otherwise.
        case ipv6(String)
        /// Another kind of literal, `[tag:content]`, without its brackets.
        case general(String)
    }

    /// Reads a domain or an address literal.
    public init(_ text: String) throws(AddressError) {
        var text = text
        let result = text.withUTF8 { utf8 in
            Result { () throws(AddressError) in try DomainParser(utf8, offset: 0).parse() }
        }
        kind = try result.get()
        self.text = text
    }

    init(text: String, kind: Kind) {
        self.text = text
        self.kind = kind
    }

    /// Whether it is an address literal.
    public var isLiteral: Bool {
        if case .name = kind { false } else { true }
    }

    /// Whether it is ASCII only.
    public var isASCII: Bool { text.utf8.allSatisfy { $0 < 0x80 } }

    /// The domain as written.
    public var description: String { text }

    /// Case makes no difference between domains.
    public static func == (left: Domain, right: Domain) -> Bool { left.kind == right.kind }

    /// Equal domains hash alike, whatever their case.
    public func hash(into hasher: inout Hasher) { hasher.combine(kind) }
}
