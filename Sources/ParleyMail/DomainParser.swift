/// Reads a domain or an address literal out of octets; positions count from `offset`.
struct DomainParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let offset: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, offset: Int) {
        self.bytes = bytes
        self.offset = offset
    }

    func parse() throws(AddressError) -> Domain.Kind {
        guard let first = bytes.first else {
            throw AddressError(.empty, "a domain is missing", at: offset)
        }
        guard bytes.count <= 255 else {
            throw AddressError(.tooLong, "a domain has at most 255 octets", at: offset + 255)
        }
        return first == 0x5B ? try literal() : try name()
    }

    private func name() throws(AddressError) -> Domain.Kind {
        var labelStart = 0
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0x2E:
                try check(label: labelStart..<index)
                labelStart = index + 1
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x80...:
                continue
            case 0x5F:
                throw AddressError(
                    .character,
                    "an underscore may not stand in a mail domain",
                    at: offset + index
                )
            default:
                throw AddressError(
                    .character,
                    "\(name(of: byte)) may not stand in a domain",
                    at: offset + index
                )
            }
        }
        guard labelStart < bytes.count else {
            throw AddressError(
                .dot,
                "a mail domain is written without a dot at its end",
                at: offset + bytes.count - 1
            )
        }
        try check(label: labelStart..<bytes.count)
        return .name(String(decoding: bytes.lazy.map { Self.lower($0) }, as: UTF8.self))
    }

    private func check(label: Range<Int>) throws(AddressError) {
        guard !label.isEmpty else {
            let place = label.lowerBound == 0 ? "begin with a dot" : "have two dots in a row"
            throw AddressError(.dot, "a domain must not \(place)", at: offset + label.lowerBound)
        }
        guard label.count <= 63 else {
            throw AddressError(
                .tooLong,
                "a part of a domain between dots has at most 63 octets",
                at: offset + label.lowerBound + 63
            )
        }
        for end in [label.lowerBound, label.upperBound - 1] where bytes[end] == 0x2D {
            throw AddressError(
                .hyphen,
                "a part of a domain must not begin or end with a hyphen",
                at: offset + end
            )
        }
    }

    private func literal() throws(AddressError) -> Domain.Kind {
        guard bytes.count > 2, bytes.last == 0x5D else {
            throw AddressError(
                .bracket,
                "an address literal ends with ], as in [192.0.2.1]",
                at: offset + bytes.count
            )
        }
        let inner = bytes[1..<(bytes.count - 1)]
        for index in inner.indices
        where !(0x21...0x7E ~= bytes[index]) || 0x5B...0x5D ~= bytes[index] {
            throw AddressError(
                .character,
                "\(name(of: bytes[index])) may not stand in an address literal",
                at: offset + index
            )
        }
        let text = String(decoding: inner.lazy.map { Self.lower($0) }, as: UTF8.self)
        guard let colon = inner.firstIndex(of: 0x3A) else {
            guard IPLiteral.isIPv4(inner) else {
                throw AddressError(
                    .literal,
                    "this is no IPv4 address; an IPv6 address is written [IPv6:2001:db8::1]",
                    at: offset + 1
                )
            }
            return .ipv4(text)
        }
        if text.hasPrefix("ipv6:") {
            let address = inner[(colon + 1)...]
            guard IPLiteral.isIPv6(address) else {
                throw AddressError(.literal, "this is no IPv6 address", at: offset + colon + 1)
            }
            return .ipv6(String(decoding: address.lazy.map { Self.lower($0) }, as: UTF8.self))
        }
        guard !IPLiteral.isIPv6(inner) else {
            throw AddressError(
                .literal,
                "an IPv6 address literal needs its tag: [IPv6:\(text)]",
                at: offset + 1
            )
        }
        let tag = inner[..<colon]
        let isTag = tag.allSatisfy { byte in
            0x30...0x39 ~= byte || 0x61...0x7A ~= Self.lower(byte) || byte == 0x2D
        }
        guard isTag, let last = tag.last, last != 0x2D, colon + 1 < inner.endIndex else {
            throw AddressError(.literal, "this is no address literal", at: offset + 1)
        }
        return .general(text)
    }

    private func name(of byte: UInt8) -> String { AddressCharacter.name(of: byte) }

    private static func lower(_ byte: UInt8) -> UInt8 {
        0x41...0x5A ~= byte ? byte + 0x20 : byte
    }
}

/// How messages call a character.
enum AddressCharacter {
    static func name(of byte: UInt8) -> String {
        switch byte {
        case 0x20: "a space"
        case 0x09: "a tab"
        case 0x21...0x7E: String(UnicodeScalar(byte))
        case 0x80...: "a character beyond ASCII"
        default: "a control character"
        }
    }
}
