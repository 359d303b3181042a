public import ParleyVerbs

/// What a scripted server of IMAP answers: untagged data, then a status.
public struct IMAPServerReply: Hashable, Sendable {
    /// The word.
    public var word: StatusWord

    /// What stands in brackets, if anything does: `READ-WRITE`.
    public var code: String?

    /// The text.
    public var text: String

    /// The data before it, without `* `.
    public var untagged: [String]

    /// A reply.
    public init(
        _ word: StatusWord,
        code: String? = nil,
        _ text: String,
        untagged: [String] = []
    ) {
        self.word = word
        self.code = code
        self.text = text
        self.untagged = untagged
    }

    /// The status as a line without its end; BYE and greetings have no tag.
    public func line(tag: [UInt8]) -> [UInt8] {
        let tag = word == .bye || word == .preauth || tag.isEmpty ? [0x2A] : tag
        let code = code.map { "[\($0)] " } ?? ""
        let text = text.utf8.filter { $0 != 0x0D && $0 != 0x0A }
        return tag + Array(" \(word.rawValue) \(code)".utf8) + text
    }
}
