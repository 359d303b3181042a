/// One line of a source text as a terminal shows it: safe, tabs expanded, cut if it is long.
struct SourceLine {
    /// What to show.
    let text: String
    /// The offset of the first octet that is shown.
    private let start: Int
    /// The column, from 0, at which each octet that is shown begins; the last is the end of the
    /// text.
    private let columns: [Int]

    /// How many octets of a longer line are shown.
    private static let limit = 160
    private static let tabWidth = 4

    /// The line, with what surrounds `offset` if it is long.
    init(_ source: SourceText, line: Int, around offset: Int) {
        let octets = source.lineBytes(line)
        var shown = octets[...]
        if octets.count > Self.limit {
            let middle = max(octets.startIndex, min(offset, octets.endIndex))
            var first = max(octets.startIndex, middle - Self.limit / 4)
            while first > octets.startIndex, octets[first] & 0xC0 == 0x80 { first -= 1 }
            shown = octets[first...].prefix(Self.limit)
        }
        var text = shown.startIndex > octets.startIndex ? "…" : ""
        var column = text.isEmpty ? 0 : 1
        var columns: [Int] = []
        var decoder = UTF8Decoder(shown)
        let hidden = source.hiddenRanges
        let markWidth = DisplayText.width(of: SourceText.mark)
        while let unit = decoder.next() {
            let offset = shown.startIndex + columns.count
            if let secret = hidden.first(where: { $0.start <= offset && offset < $0.end }) {
                // Its octets share a column, so that not even its length shows.
                if offset == max(secret.start, shown.startIndex) {
                    text += SourceText.mark
                    column += markWidth
                }
                let length = if case .scalar(let scalar) = unit { scalar.utf8.count } else { 1 }
                let first = column - markWidth
                for _ in 0..<length { columns.append(first) }
                continue
            }
            let piece: String
            let length: Int
            switch unit {
            case .octet(let octet):
                piece = "\\x" + DisplayText.hexadecimal(UInt32(octet), width: 2)
                length = 1
            case .scalar("\t"):
                piece = String(
                    repeating: " ",
                    count: Self.tabWidth - column % Self.tabWidth
                )
                length = 1
            case .scalar(let scalar):
                piece =
                    DisplayText.isHarmless(scalar)
                    ? String(Character(scalar)) : DisplayText.escape(scalar)
                length = scalar.utf8.count
            }
            for _ in 0..<length { columns.append(column) }
            text += piece
            column += DisplayText.width(of: piece)
        }
        columns.append(column)
        if shown.endIndex < octets.endIndex { text += "…" }
        self.text = text
        self.columns = columns
        start = shown.startIndex
    }

    /// The column, from 0, of an octet; that of a secret's beginning for those in it.
    func column(of offset: Int) -> Int {
        columns[max(0, min(offset - start, columns.count - 1))]
    }
}
