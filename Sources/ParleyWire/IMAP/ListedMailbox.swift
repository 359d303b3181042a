/// The name in `LIST (\HasNoChildren) "/" INBOX`, RFC 9051 §7.3.1.
struct ListedMailbox {
    /// The octets of the name, without quotes.
    private let octets: [UInt8]

    /// Reads the text of a LIST or LSUB response; `nil` if it is none.
    init?(_ text: ArraySlice<UInt8>) {
        guard let open = text.firstIndex(of: 0x28),
            let close = text[open...].firstIndex(of: 0x29)
        else { return nil }
        var rest = text[(close + 1)...]
        guard Self.takeSpace(&rest), Self.takeString(&rest) != nil, Self.takeSpace(&rest),
            let name = Self.takeString(&rest), !name.isEmpty
        else { return nil }
        octets = name
    }

    /// The name in Unicode.
    func name(isUTF8: Bool) -> String {
        isUTF8 ? String(decoding: octets, as: UTF8.self) : ModifiedUTF7.decode(octets)
    }

    private static func takeSpace(_ rest: inout ArraySlice<UInt8>) -> Bool {
        rest.popFirst() == 0x20
    }

    /// A quoted string, a literal or an atom.
    private static func takeString(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        if rest.first == 0x22 { return takeQuoted(&rest) }
        guard rest.first == 0x7B, let feed = rest.firstIndex(of: 0x0A) else {
            let atom = rest.prefix { $0 != 0x20 }
            rest = rest[atom.endIndex...]
            return Array(atom)
        }
        let size = rest[..<(feed + 1)].withUnsafeBytes { LiteralHeader(endOf: $0)?.size }
        guard let size, size <= rest.endIndex - feed - 1 else { return nil }
        let literal = rest[(feed + 1)..<(feed + 1 + size)]
        rest = rest[literal.endIndex...]
        return Array(literal)
    }

    private static func takeQuoted(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        rest = rest.dropFirst()
        var octets: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case 0x22: return octets
            case 0x5C:
                guard let escaped = rest.popFirst() else { return nil }
                octets.append(escaped)
            default: octets.append(byte)
            }
        }
        return nil
    }
}
