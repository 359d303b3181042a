/// What MAIL and RCPT name, RFC 5321 §4.1.2: with or without brackets when read, always with one
/// pair when written.
public enum Path: Hashable, Sendable, CustomStringConvertible {
    /// `<>`, from which bounces are sent.
    case null
    /// `<postmaster>` without a domain, which every server must accept (RFC 5321 §2.3.5, §4.5.1);
    /// in the spelling given.
    case postmaster(String)
    /// A mailbox.
    case mailbox(Mailbox)

    /// Reads a path.
    ///
    /// - Parameters:
    ///   - text: `a@b`, `<a@b>`, `<>` or `postmaster` (whatever its case).
    ///   - allowsNull: whether `<>` will do: for MAIL, not for RCPT.
    /// - Throws: ``AddressError`` with the octet at which the text ceases to be a path.
    public init(_ text: String, allowsNull: Bool = true) throws(AddressError) {
        let bytes = text.utf8
        var inner = text
        var offset = 0
        if bytes.first == 0x3C {
            guard bytes.count >= 2, bytes.last == 0x3E else {
                throw AddressError(.bracket, "the bracket < is not closed", at: 0)
            }
            inner = String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
            offset = 1
            guard !inner.isEmpty else {
                guard allowsNull else {
                    throw AddressError(.null, "a recipient cannot be the null path <>", at: 0)
                }
                self = .null
                return
            }
            guard inner.utf8.first != 0x40 else {
                throw AddressError(
                    .character,
                    "source routes are obsolete (RFC 5321 appendix C); write the mailbox alone",
                    at: 1
                )
            }
        } else if bytes.last == 0x3E {
            throw AddressError(
                .bracket,
                "> closes a bracket that was not opened",
                at: bytes.count - 1
            )
        }
        if Self.isPostmaster(inner) {
            self = .postmaster(inner)
        } else {
            self = .mailbox(try Mailbox.parse(inner, offset: offset))
        }
    }

    /// Reads a path out of octets.
    public init(_ bytes: some Collection<UInt8>, allowsNull: Bool = true) throws(AddressError) {
        let text = String(decoding: bytes, as: UTF8.self)
        // Repair changes octets; valid text comes back as it was.
        guard text.utf8.elementsEqual(bytes) else {
            let bad = zip(text.utf8, bytes).enumerated().first { $1.0 != $1.1 }?.offset ?? 0
            throw AddressError(.encoding, "this is not UTF-8", at: bad)
        }
        self = try Path(text, allowsNull: allowsNull)
    }

    /// The mailbox, unless it is the null path or a bare postmaster.
    public var mailbox: Mailbox? {
        if case .mailbox(let mailbox) = self { mailbox } else { nil }
    }

    /// The path in its brackets, as it goes over the wire.
    public var description: String {
        switch self {
        case .null: "<>"
        case .postmaster(let text): "<\(text)>"
        case .mailbox(let mailbox): "<\(mailbox)>"
        }
    }

    private static func isPostmaster(_ text: String) -> Bool {
        text.utf8.count == 10
            && zip(text.utf8, "postmaster".utf8).allSatisfy { $0 | 0x20 == $1 }
    }
}
