/// A word as it is typed: quotes and insertions are part of it.
struct TypedWord: Hashable {
    /// As written.
    var text: String
    /// Where it begins.
    var start: Int
    /// Whether it begins with a quote.
    var isQuoted: Bool { text.utf8.first == UInt8(ascii: "\"") }

    /// What the last word, which the cursor stands in, is open for.
    enum Ending: Equatable {
        /// It is a plain word, perhaps an empty one.
        case word
        /// It is a string that nothing has closed yet.
        case string
        /// An insertion is open, whose expression begins there.
        case insertion(Int)
        /// A comment.
        case comment
    }

    /// The words of `bytes[begin..<end]`.
    ///
    /// - Parameter keepsLast: whether the word that ends at `end` is among them; else it is the
    ///   last one's text, perhaps empty, in `rest`.
    static func split(
        _ bytes: [UInt8],
        _ begin: Int,
        _ end: Int,
        keepsLast: Bool
    ) -> (words: [TypedWord], rest: TypedWord, ending: Ending) {
        var words: [TypedWord] = []
        var index = begin
        func text(_ start: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }
        func finish(_ start: Int, _ ending: Ending) -> ([TypedWord], TypedWord, Ending) {
            let last = TypedWord(text: text(start), start: start)
            if keepsLast, start < end { words.append(last) }
            return (words, last, ending)
        }
        while true {
            while index < end, isBlank(bytes[index]) { index += 1 }
            guard index < end else { return finish(end, .word) }
            let start = index
            if bytes[start] == UInt8(ascii: "#") { return finish(end, .comment) }
            var isInString = bytes[start] == UInt8(ascii: "\"")
            if isInString { index += 1 }
            while index < end {
                let byte = bytes[index]
                if byte == UInt8(ascii: "$"), index + 1 < end, bytes[index + 1] == 0x7B,
                    bytes[max(begin, index - 1)] != UInt8(ascii: "$") || index == start
                {
                    let inner = index + 2
                    guard let close = endOfInsertion(bytes, inner, end) else {
                        return finish(start, .insertion(inner))
                    }
                    index = close + 1
                } else if isInString {
                    if byte == UInt8(ascii: "\\") { index += 1 }
                    if byte == UInt8(ascii: "\"") { isInString = false }
                    index += 1
                } else if isBlank(byte) {
                    break
                } else {
                    index += 1
                }
            }
            index = min(index, end)
            if isInString { return finish(start, .string) }
            guard index < end else { return finish(start, .word) }
            words.append(
                TypedWord(
                    text: String(decoding: bytes[start..<index], as: UTF8.self),
                    start: start
                )
            )
        }
    }

    /// Where the `}` stands that ends an insertion; strings in it are passed over.
    private static func endOfInsertion(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
        var isInString = false
        var index = start
        while index < end {
            switch bytes[index] {
            case UInt8(ascii: "\\") where isInString: index += 1
            case UInt8(ascii: "\""): isInString.toggle()
            case UInt8(ascii: "}") where !isInString: return index
            default: break
            }
            index += 1
        }
        return nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}
