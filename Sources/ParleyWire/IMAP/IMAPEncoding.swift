internal import ParleyVerbs

/// Puts a command into octets: a segment for each time that the server has to be waited for.
struct IMAPEncoding {
    /// Literals of which size may be sent without waiting for leave, RFC 7888; `nil` for none.
    let freeLiteral: Int?

    /// Whether quoted strings may hold UTF-8, and mailboxes stand as they are; RFC 6855.
    let isUTF8: Bool

    private(set) var segments: [Outgoing] = []
    private var current = Outgoing([])

    /// What a quoted string may hold at most; longer ones travel as literals.
    private static let quotedLimit = 1000

    init(tag: [UInt8], freeLiteral: Int?, isUTF8: Bool) {
        self.freeLiteral = freeLiteral
        self.isUTF8 = isUTF8
        current.bytes = tag
    }

    /// Ends the command's line, and begins no other.
    mutating func finish() -> [Outgoing] {
        current.bytes += [0x0D, 0x0A]
        return segments + [current]
    }

    /// A word that is syntax, behind a space.
    mutating func append(word: some Sequence<UInt8>) {
        current.bytes.append(0x20)
        current.bytes += word
    }

    /// A word that is syntax, behind a space.
    mutating func append(word: String) { append(word: word.utf8) }

    /// Octets where they stand, without a space.
    mutating func append(glued octets: [UInt8]) { current.bytes += octets }

    /// What begins a SASL exchange.
    mutating func append(_ message: SASLMessage) {
        current.bytes.append(0x20)
        let start = current.bytes.count
        // An empty initial response is a lone "=", RFC 4959 §3.
        current.bytes += message.bytes.isEmpty ? [0x3D] : Base64.encode(message.bytes)
        if message.isSecret { current.secretRanges.append(start..<current.bytes.count) }
    }

    /// A string as an atom, in quotes or as a literal: whichever can hold it.
    mutating func append(string argument: VerbArgument, alwaysQuoted: Bool = false)
        throws(WireError)
    {
        try append(string: argument.bytes, argument.isSecret, alwaysQuoted)
    }

    /// A string of our own; the first of a list has no space before it.
    mutating func append(
        string octets: [UInt8],
        _ isSecret: Bool,
        _ isQuoted: Bool,
        isFirst: Bool = false
    ) throws(WireError) {
        let start: Int
        var end: Int?
        let gap: [UInt8] = isFirst ? [] : [0x20]
        if !isQuoted, Self.isAtom(octets) {
            current.bytes += gap
            start = current.bytes.count
            current.bytes += octets
        } else if isQuotable(octets) {
            current.bytes += gap
            current.bytes.append(0x22)
            start = current.bytes.count
            for byte in octets {
                if byte == 0x22 || byte == 0x5C { current.bytes.append(0x5C) }
                current.bytes.append(byte)
            }
            // The quotes are none of a secret's octets: it stands elsewhere without them.
            end = current.bytes.count
            current.bytes.append(0x22)
        } else {
            try append(literal: octets, gap)
            start = current.bytes.count - octets.count
        }
        if isSecret { current.secretRanges.append(start..<(end ?? current.bytes.count)) }
    }

    /// The name of a mailbox, or a pattern of names.
    mutating func append(mailbox argument: VerbArgument, isPattern: Bool = false)
        throws(WireError)
    {
        let name = String(decoding: argument.bytes, as: UTF8.self)
        let octets = isUTF8 ? argument.bytes : ModifiedUTF7.encode(name)
        try append(string: octets, argument.isSecret, isPattern)
    }

    /// Octets of any kind but NUL, RFC 9051 §4.3.
    mutating func append(literal octets: [UInt8], _ gap: [UInt8] = [0x20]) throws(WireError) {
        guard !octets.contains(0) else {
            throw WireError(.verb, "a literal holds no NUL; use `send raw`")
        }
        let isFree = freeLiteral.map { octets.count <= $0 } ?? false
        current.bytes += gap + Array("{\(octets.count)\(isFree ? "+" : "")}\r\n".utf8)
        if !isFree {
            segments.append(current)
            current = Outgoing([])
        }
        current.bytes += octets
    }

    private func isQuotable(_ octets: [UInt8]) -> Bool {
        octets.count <= Self.quotedLimit
            && octets.allSatisfy {
                $0 != 0 && $0 != 0x0A && $0 != 0x0D && ($0 < 0x80 || isUTF8)
            }
    }

    /// RFC 9051 §9, `astring`: what needs no quotes. `NIL` means nothing, and so is quoted.
    static func isAtom(_ octets: some Collection<UInt8>) -> Bool {
        !octets.isEmpty && octets.count <= 200 && octets.allSatisfy(isOfAtom)
            && !octets.isWord("NIL")
    }

    private static func isOfAtom(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x22, 0x25, 0x28, 0x29, 0x2A, 0x5C, 0x7B: false
        default: 0x21...0x7E ~= byte
        }
    }
}
