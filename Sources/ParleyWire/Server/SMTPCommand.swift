/// A command line that a scripted server received.
public struct SMTPCommand: Hashable, Sendable {
    /// The first word in lower case: `rcpt`.
    public let verb: String

    /// What follows the first word, without spaces around it: `TO:<a@b> NOTIFY=NEVER`.
    public let argument: String

    /// The line as it came, without its line end.
    public let line: [UInt8]

    /// Whether the line ended with LF alone.
    public let isBareLF: Bool

    /// Reads a line; every line is a command of some kind.
    public init(_ line: RawLine) {
        let word = line.bytes.prefix { $0 != 0x20 && $0 != 0x09 }
        verb = String(
            decoding: word.map { 0x41...0x5A ~= $0 ? $0 + 0x20 : $0 },
            as: UTF8.self
        )
        let rest = line.bytes.dropFirst(word.count).drop { $0 == 0x20 || $0 == 0x09 }
        let length = (rest.lastIndex { $0 != 0x20 && $0 != 0x09 } ?? rest.startIndex - 1) + 1
        argument = String(decoding: rest[rest.startIndex..<length], as: UTF8.self)
        self.line = line.bytes
        self.isBareLF = line.isBareLF
    }

    /// The path of MAIL and RCPT without brackets, empty for the null path; `nil` for other verbs
    /// or if there is none.
    public var path: String? { split?.path }

    /// The ESMTP parameters of MAIL and RCPT, as written.
    public var parameters: [String] { split?.parameters ?? [] }

    /// What the pattern behind `on VERB` is matched against: the path of MAIL and RCPT, else the
    /// argument.
    public var subject: String { path ?? argument }

    private var split: (path: String, parameters: [String])? {
        let prefix: String
        switch verb {
        case "mail": prefix = "FROM:"
        case "rcpt": prefix = "TO:"
        default: return nil
        }
        let bytes = Array(argument.utf8)
        guard bytes.count >= prefix.utf8.count,
            zip(bytes, prefix.utf8).allSatisfy({ $0.asciiUpper == $1 })
        else { return nil }
        let rest = bytes.dropFirst(prefix.utf8.count).drop { $0 == 0x20 }
        guard rest.first == 0x3C else {
            let words = rest.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
            return (words.first ?? "", Array(words.dropFirst()))
        }
        var end = rest.startIndex + 1
        var isQuoted = false
        while end < rest.endIndex, isQuoted || rest[end] != 0x3E {
            if rest[end] == 0x22 { isQuoted.toggle() }
            if isQuoted, rest[end] == 0x5C { end += 1 }
            end += 1
        }
        end = min(end, rest.endIndex)
        let path = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
        let words = rest[end...].dropFirst().split(separator: 0x20)
        return (path, words.map { String(decoding: $0, as: UTF8.self) })
    }
}
