/// Reads the local part of a mailbox; positions count from `offset`.
struct MailboxParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let offset: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, offset: Int) {
        self.bytes = bytes
        self.offset = offset
    }

    /// The index of the `@` behind the local part.
    func localPart() throws(AddressError) -> Int {
        guard let first = bytes.first else {
            throw AddressError(.empty, "an address is missing", at: offset)
        }
        let at = first == 0x22 ? try quotedString() : try dotString()
        guard at <= 64 else {
            throw AddressError(
                .tooLong,
                "what stands before the @ has at most 64 octets",
                at: offset + 64
            )
        }
        // RFC 5321 §4.5.3.1.3: a path has at most 256 octets, its brackets included.
        guard bytes.count <= 254 else {
            throw AddressError(
                .tooLong,
                "an address has at most 254 octets",
                at: offset + 254
            )
        }
        return at
    }

    private func dotString() throws(AddressError) -> Int {
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0x40:
                guard index > 0 else {
                    throw AddressError(.empty, "nothing stands before the @", at: offset)
                }
                guard bytes[index - 1] != 0x2E else {
                    throw dot("end with a dot", index - 1)
                }
                return index
            case 0x2E:
                guard index > 0 else { throw dot("begin with a dot", index) }
                guard bytes[index - 1] != 0x2E else { throw dot("have two dots in a row", index) }
            default:
                guard Self.isAtomText(byte) else {
                    throw AddressError(
                        .character,
                        "\(AddressCharacter.name(of: byte)) may stand before the @ only in quotes",
                        at: offset + index
                    )
                }
            }
        }
        throw AddressError(.noAt, "an address needs an @ and a domain", at: offset + bytes.count)
    }

    private func quotedString() throws(AddressError) -> Int {
        var index = 1
        while index < bytes.count {
            switch bytes[index] {
            case 0x22:
                guard index + 1 < bytes.count, bytes[index + 1] == 0x40 else {
                    throw AddressError(
                        .quote,
                        "an @ must follow the closing quote",
                        at: offset + index + 1
                    )
                }
                return index + 1
            case 0x5C:
                guard index + 1 < bytes.count, 0x20...0x7E ~= bytes[index + 1] else {
                    throw AddressError(
                        .quote,
                        "a printable ASCII character must follow the backslash",
                        at: offset + index + 1
                    )
                }
                index += 2
            case 0x20...0x7E, 0x80...:
                index += 1
            default:
                throw AddressError(
                    .character,
                    "a control character may not stand in an address",
                    at: offset + index
                )
            }
        }
        throw AddressError(.quote, "the quotes are not closed", at: offset)
    }

    private func dot(_ what: String, _ index: Int) -> AddressError {
        AddressError(.dot, "what stands before the @ must not \(what)", at: offset + index)
    }

    /// `atext` of RFC 5321 §4.1.2 (from RFC 5322 §3.2.3), and what RFC 6531 §3.3 adds.
    private static func isAtomText(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2F, 0x3D, 0x3F, 0x5E...0x60, 0x7B...0x7E: true
        default: false
        }
    }
}
