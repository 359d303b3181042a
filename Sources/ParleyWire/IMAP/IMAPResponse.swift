public import ParleyVerbs

/// One response of an IMAP server, RFC 9051 §7: a line, or several with the literals between them.
public struct IMAPResponse: Hashable, Sendable {
    /// What a response belongs to.
    public enum Kind: Hashable, Sendable {
        /// `* …`: data, or a status that answers no command.
        case untagged
        /// `A1 …`: what a command came to.
        case tagged([UInt8])
        /// `+ …`: the server awaits the rest of a command.
        case continuation
    }

    /// What it belongs to.
    public let kind: Kind

    /// The octets as they came, line end included.
    public let raw: [UInt8]

    /// Its status word, if it has one.
    public let word: StatusWord?

    /// Where its text begins in ``raw``, behind the `*`, the tag, and the status word.
    let textStart: Int

    /// What is odd about it.
    let flags: ReplyFlags

    /// The text without the line end.
    var text: ArraySlice<UInt8> {
        var end = raw.count
        if end > textStart, raw[end - 1] == 0x0A { end -= 1 }
        if end > textStart, raw[end - 1] == 0x0D { end -= 1 }
        return raw[min(textStart, end)..<end]
    }

    /// Its words up to the first literal or quoted string, split at spaces.
    var words: [ArraySlice<UInt8>] { text.split(separator: 0x20) }

    /// Whether the words begin with `name`, in upper case.
    func begins(with name: String) -> Bool {
        text.prefix { $0 != 0x20 }.isWord(name)
    }

    /// What the brackets of a response code hold, for example `CAPABILITY IMAP4rev2`.
    var code: ArraySlice<UInt8>? {
        guard word != nil, text.first == 0x5B, let end = text.firstIndex(of: 0x5D) else {
            return nil
        }
        return text[(text.startIndex + 1)..<end]
    }

    /// Reads a whole response; `nil` if it is none.
    init?(_ raw: [UInt8], flags: ReplyFlags) {
        self.raw = raw
        self.flags = flags
        var end = raw.count
        if end > 0, raw[end - 1] == 0x0A { end -= 1 }
        if end > 0, raw[end - 1] == 0x0D { end -= 1 }
        let line = raw[..<end]
        switch line.first {
        case 0x2B:
            // A space belongs behind the `+`, and many servers leave it out where no text follows.
            guard line.count == 1 || line[1] == 0x20 else { return nil }
            kind = .continuation
            word = .continuation
            textStart = min(2, end)
        case 0x2A:
            guard line.count > 2, line[1] == 0x20, line[2] != 0x20 else { return nil }
            kind = .untagged
            (word, textStart) = Self.status(line, from: 2)
        default:
            let tag = line.prefix { $0 != 0x20 }
            guard !tag.isEmpty, tag.count <= 64, tag.count < line.count,
                tag.allSatisfy(Self.isOfTag)
            else { return nil }
            kind = .tagged(Array(tag))
            (word, textStart) = Self.status(line, from: tag.count + 1)
            guard let word, word == .ok || word == .no || word == .bad else { return nil }
        }
    }

    /// The status word at `start`, if one stands there, and where the text begins.
    private static func status(
        _ line: ArraySlice<UInt8>,
        from start: Int
    ) -> (StatusWord?, Int) {
        let name = line[start...].prefix { $0 != 0x20 }
        guard let word = StatusWord(spelled: name), word != .continuation else {
            return (nil, start)
        }
        return (word, min(start + name.count + 1, line.endIndex))
    }

    /// RFC 9051 §9, `tag`.
    private static func isOfTag(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x22, 0x25, 0x28, 0x29, 0x2A, 0x2B, 0x5C, 0x7B: false
        default: 0x21...0x7E ~= byte
        }
    }
}
