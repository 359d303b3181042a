/// Messages by number, as commands of IMAP name them; RFC 9051 §9, `sequence-set`.
public enum MessageSet {
    /// Whether the text is a set: `1`, `2:4,7`, `5:*`, or `$` for the result of the last search.
    public static func isWritten(_ text: String) -> Bool { isWritten(Array(text.utf8)) }

    /// Whether the octets are a set.
    public static func isWritten(_ bytes: [UInt8]) -> Bool {
        if bytes == [0x24] { return true }
        let parts = bytes.split(separator: 0x2C, omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            let ends = part.split(separator: 0x3A, omittingEmptySubsequences: false)
            return (1...2).contains(ends.count) && ends.allSatisfy(isEnd)
        }
    }

    /// A number, or `*` for the last message.
    private static func isEnd(_ end: ArraySlice<UInt8>) -> Bool {
        if end.elementsEqual([0x2A]) { return true }
        return !end.isEmpty && end.allSatisfy { 0x30...0x39 ~= $0 }
    }
}
