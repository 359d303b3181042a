import ParleyDiagnostics

/// A line of a script as the terminal shows it: tabs become spaces, controls are written out, and
/// every octet knows its column.
struct SourceLine {
    private struct Cell {
        var offset: Int
        var length: Int
        var text: String
        var column: Int
        var width: Int
    }

    private static let tabWidth = 4

    private var cells: [Cell] = []
    /// How many columns the line takes.
    private(set) var width = 0

    /// - Parameter hidden: what must not show, by the offsets of the slice.
    init(_ slice: ArraySlice<UInt8>, hidden: [SourceRange] = [], canvas: TextCanvas) {
        let start = slice.startIndex
        var rest = slice.prefix(4096)
        for range in hidden where range.end > rest.startIndex && range.start < rest.endIndex {
            let secret = max(range.start, rest.startIndex)..<min(range.end, rest.endIndex)
            show(rest[..<secret.lowerBound], from: start, canvas)
            let mark = canvas.safe(SourceText.mark)
            add(mark, at: secret.lowerBound - start, length: secret.count, canvas)
            rest = rest[secret.upperBound...]
        }
        show(rest, from: start, canvas)
    }

    private mutating func show(_ slice: ArraySlice<UInt8>, from start: Int, _ canvas: TextCanvas) {
        let octets = Array(slice)
        var offset = slice.startIndex - start
        guard let text = String(validating: octets, as: UTF8.self) else {
            for octet in octets {
                let shown = octet == 0x09 ? nil : canvas.safe([octet])
                add(shown, at: offset, length: 1, canvas)
                offset += 1
            }
            return
        }
        for character in text {
            let length = character.utf8.count
            let shown = character == "\t" ? nil : canvas.safe(String(character))
            add(shown, at: offset, length: length, canvas)
            offset += length
        }
    }

    private mutating func add(
        _ shown: String?,
        at offset: Int,
        length: Int,
        _ canvas: TextCanvas
    ) {
        let blank = String(repeating: " ", count: Self.tabWidth - width % Self.tabWidth)
        let shown = shown ?? blank
        let cellWidth = canvas.width(shown)
        cells.append(
            Cell(offset: offset, length: length, text: shown, column: width, width: cellWidth)
        )
        width += cellWidth
    }

    /// The column, from 0, of the character that holds the octet at `offset`; the line's end for
    /// what lies behind it.
    func column(of offset: Int) -> Int {
        guard let cell = cells.last(where: { $0.offset <= offset }) else { return 0 }
        return offset < cell.offset + cell.length ? cell.column : width
    }

    /// The columns from `start` on, at most so many, with `…` where something was left out.
    func text(from start: Int, columns: Int) -> String {
        var text = start > 0 ? "…" : ""
        var used = start > 0 ? 1 : 0
        for cell in cells where cell.column >= start + (start > 0 ? 1 : 0) {
            let isLast = cell.column + cell.width == width
            guard used + cell.width + (isLast ? 0 : 1) <= columns else { return text + "…" }
            text += cell.text
            used += cell.width
        }
        return text
    }
}
