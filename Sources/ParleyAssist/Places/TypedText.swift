import ParleyDiagnostics
import ParleySyntax

/// The text before a cursor, taken apart line by line: it need not be right, and what stands behind
/// the cursor does not matter.
struct TypedText {
    /// A block that is open at the cursor.
    struct OpenBlock {
        /// The first word of its statement, behind a label: `test`, `else`.
        var word: String
        /// The words of its header, the first one among them.
        var header: [TypedWord]
    }

    let bytes: [UInt8]
    let offset: Int
    /// The blocks that are open, outermost first.
    private(set) var blocks: [OpenBlock] = []
    /// Where the cursor's statement begins.
    private(set) var start = 0
    /// Whether the cursor stands in the lines of a `"""` text.
    private(set) var isInText = false

    /// Statements that read an expression, in which brackets join lines.
    static let expressionWords = Set(Keywords.statements.filter(\.readsExpression).map(\.word))

    /// The text before `offset`.
    ///
    /// - Parameter separatesAtSemicolons: whether `; ` ends a statement, as in a conversation.
    init(_ source: SourceText, at offset: Int, separatesAtSemicolons: Bool) {
        bytes = source.bytes
        self.offset = max(0, min(offset, bytes.count))
        var line = 0
        var brackets = 0
        while true {
            let end = bytes[line..<self.offset].firstIndex(of: 0x0A)
            if brackets == 0 { start = line }
            guard let end else { break }
            readLine(line, end, &brackets)
            line = end + 1
        }
        // A text block that opens on the cursor's own line has no more lines before the cursor.
        if Self.countTextMarks(bytes[line..<self.offset]) % 2 == 1 { isInText.toggle() }
        if separatesAtSemicolons, !isInText { skipStatements(from: line) }
        skipSpaces()
    }

    private mutating func readLine(_ begin: Int, _ end: Int, _ brackets: inout Int) {
        let marks = Self.countTextMarks(bytes[begin..<end])
        if marks % 2 == 1 {
            isInText.toggle()
            return
        }
        guard !isInText, marks == 0 else { return }
        let words = TypedWord.split(bytes, begin, end, keepsLast: true).words
        guard let first = words.first else { return }
        let isOutermost = first.start == begin
        if isOutermost, Keywords.statement(first.text)?.level == .file { blocks = [] }
        var header = words[...]
        if first.text == "}" {
            if !blocks.isEmpty { blocks.removeLast() }
            header = header.dropFirst()
        } else if first.text.hasSuffix(":") {
            header = header.dropFirst()
        }
        if let last = header.last, last.text == "{", let opener = header.first {
            blocks.append(OpenBlock(word: opener.text, header: Array(header.dropLast())))
        }
        if brackets > 0 || Self.expressionWords.contains(header.first?.text ?? "") {
            brackets = max(0, brackets + Self.balance(bytes[begin..<end]))
        }
    }

    /// The statement that the cursor stands in begins behind the last `; ` outside quotes.
    private mutating func skipStatements(from line: Int) {
        var isInString = false
        var index = max(line, start)
        while index < offset {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\\"), isInString {
                index += 1
            } else if byte == UInt8(ascii: "\"") {
                isInString.toggle()
            } else if byte == UInt8(ascii: ";"), !isInString, index + 1 < offset,
                bytes[index + 1] == 0x20
            {
                start = index + 1
            }
            index += 1
        }
    }

    private mutating func skipSpaces() {
        while start < offset, [0x20, 0x09, 0x0D].contains(bytes[start]) { start += 1 }
    }

    private static func countTextMarks(_ line: ArraySlice<UInt8>) -> Int {
        var count = 0
        var index = line.startIndex
        while let quote = line[index...].firstIndex(of: 0x22), quote + 2 < line.endIndex {
            let isMark = line[quote + 1] == 0x22 && line[quote + 2] == 0x22
            if isMark { count += 1 }
            index = quote + (isMark ? 3 : 1)
        }
        return count
    }

    /// How many more brackets a line opens than it closes, strings passed over.
    private static func balance(_ line: ArraySlice<UInt8>) -> Int {
        var (count, isInString, isEscaped) = (0, false, false)
        for byte in line {
            if isEscaped {
                isEscaped = false
                continue
            }
            switch byte {
            case 0x5C where isInString: isEscaped = true
            case 0x22: isInString.toggle()
            case 0x28 where !isInString, 0x5B where !isInString: count += 1
            case 0x29 where !isInString, 0x5D where !isInString: count -= 1
            default: break
            }
        }
        return count
    }
}
