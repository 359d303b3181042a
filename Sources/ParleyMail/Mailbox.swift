/// A mailbox, RFC 5321 §4.1.2 with the UTF-8 of RFC 6531: `user@example.net`, `"q s"@[192.0.2.1]`.
///
/// There are no comments and no display names here; those belong to headers.
public struct Mailbox: Hashable, Sendable, CustomStringConvertible {
    /// The left side as written, with its quotes. Its case is never folded.
    public let localPart: String

    /// The right side.
    public let domain: Domain

    /// Reads a mailbox.
    ///
    /// - Throws: ``AddressError`` with the octet at which the text ceases to be a mailbox.
    public init(_ text: String) throws(AddressError) {
        self = try Self.parse(text, offset: 0)
    }

    /// The mailbox as written.
    public var description: String { "\(localPart)@\(domain)" }

    /// Whether the server must offer SMTPUTF8 before it can be named (RFC 6531): a domain could
    /// still be spelt with A-labels, a local part cannot.
    public var needsSMTPUTF8: Bool { !localPart.utf8.allSatisfy { $0 < 0x80 } }

    /// The local part without quotes and backslashes, as mail systems compare it.
    public var unquotedLocalPart: String {
        guard localPart.utf8.first == 0x22 else { return localPart }
        var plain: [UInt8] = []
        var isEscaped = false
        for byte in localPart.utf8.dropFirst().dropLast() {
            if byte == 0x5C, !isEscaped {
                isEscaped = true
            } else {
                plain.append(byte)
                isEscaped = false
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    static func parse(_ text: String, offset: Int) throws(AddressError) -> Mailbox {
        var text = text
        let result = text.withUTF8 { utf8 in
            Result { () throws(AddressError) in
                let parser = MailboxParser(utf8, offset: offset)
                let at = try parser.localPart()
                let right = UnsafeBufferPointer(rebasing: utf8[(at + 1)...])
                let kind = try DomainParser(right, offset: offset + at + 1).parse()
                return Mailbox(
                    localPart: String(decoding: utf8[..<at], as: UTF8.self),
                    domain: Domain(text: String(decoding: right, as: UTF8.self), kind: kind)
                )
            }
        }
        return try result.get()
    }

    private init(localPart: String, domain: Domain) {
        self.localPart = localPart
        self.domain = domain
    }
}
