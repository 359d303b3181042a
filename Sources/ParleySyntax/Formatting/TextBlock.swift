/// Moves the lines of a `"""` text to the indentation of the line that holds it.
struct TextBlock {
    /// The indentation that the text's lines get.
    let content: String
    /// Whether lines are moved at all.
    let isMoved: Bool
    /// How many insertions are open; strings within them are others'.
    var depth = 0
    /// The indentation that the text's lines had, while one is open.
    private var written: [UInt8]?

    init(content: String, isMoved: Bool) {
        self.content = content
        self.isMoved = isMoved
    }

    /// A token of a string, moved.
    ///
    /// - Parameter closing: the indentation of the closing quotes, if the token opens a text.
    mutating func rewrite(_ token: String, closing: String?) -> String {
        guard isMoved, depth == 0 else { return token }
        if let closing { written = Array(closing.utf8) }
        guard let written else { return token }
        let lines = token.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        var result: [UInt8] = []
        for (index, line) in lines.enumerated() {
            var bytes = Array(line)
            if index < lines.count - 1, bytes.last == 0x0D { bytes.removeLast() }
            if index == 0 {
                if closing != nil {
                    while bytes.last == 0x20 || bytes.last == 0x09 { bytes.removeLast() }
                }
                result += bytes
                continue
            }
            result.append(0x0A)
            let isBlank = bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 }
            if isBlank, index < lines.count - 1, bytes.count <= written.count { continue }
            if bytes.starts(with: written) { bytes.removeFirst(written.count) }
            result += content.utf8
            result += bytes
        }
        if let last = lines.last, lines.count > 1,
            last.dropFirst(written.count).elementsEqual("\"\"\"".utf8)
        {
            self.written = nil
        }
        return String(decoding: result, as: UTF8.self)
    }
}
