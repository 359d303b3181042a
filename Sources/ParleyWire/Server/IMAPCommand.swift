internal import ParleyVerbs

/// A command that a scripted server of IMAP received, its literals included.
public struct IMAPCommand: Hashable, Sendable {
    /// What the tagged response begins with.
    public let tag: [UInt8]

    /// The verb in lower case, as scripts spell it: `auth` for AUTHENTICATE.
    public let verb: String

    /// What follows the verb, as it came.
    public let argument: [UInt8]

    /// The command as it came, without its line end.
    public let line: [UInt8]

    /// Reads a command; every line is one of some kind.
    init(_ line: [UInt8]) {
        self.line = line
        let tag = line.prefix { $0 != 0x20 }
        let rest = line[tag.endIndex...].dropFirst()
        let word = rest.prefix { $0 != 0x20 }
        let name = String(decoding: word, as: UTF8.self).asciiLowercased
        self.tag = Array(tag)
        verb = name == "authenticate" ? "auth" : name
        argument = Array(rest[word.endIndex...].dropFirst())
    }

    /// The argument's strings, whether they are atoms, quoted or literals; RFC 9051 §9, `astring`.
    public var strings: [[UInt8]] {
        var strings: [[UInt8]] = []
        var rest = argument[...]
        while let first = rest.first, strings.count < 64 {
            if first == 0x20 {
                rest = rest.dropFirst()
            } else if first == 0x22 {
                strings.append(Self.takeQuoted(&rest))
            } else if first == 0x7B, let literal = Self.takeLiteral(&rest) {
                strings.append(literal)
            } else {
                let atom = rest.prefix { $0 != 0x20 }
                strings.append(Array(atom))
                rest = rest[atom.endIndex...]
            }
        }
        return strings
    }

    /// The octets of a quoted string at the beginning, which is taken.
    static func takeQuoted(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        rest = rest.dropFirst()
        var octets: [UInt8] = []
        while let byte = rest.popFirst(), byte != 0x22 {
            octets.append(byte == 0x5C ? rest.popFirst() ?? byte : byte)
        }
        return octets
    }

    private static func takeLiteral(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard let feed = rest.firstIndex(of: 0x0A) else { return nil }
        let header = rest[..<(feed + 1)].withUnsafeBytes { LiteralHeader(endOf: $0) }
        guard let size = header?.size, size <= rest.endIndex - feed - 1 else { return nil }
        let literal = rest[(feed + 1)..<(feed + 1 + size)]
        rest = rest[literal.endIndex...]
        return Array(literal)
    }
}
