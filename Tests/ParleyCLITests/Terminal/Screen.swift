/// What a terminal shows of what is written to it: as much of an xterm as line editing uses.
struct Screen {
    private(set) var columns: Int
    private(set) var cells: [[Character]]
    private(set) var row = 0
    private(set) var column = 0
    /// Rows that have left at the top.
    private(set) var history: [String] = []
    private var isAtMargin = false
    /// Whether characters are written faintly.
    private var isFaint = false
    /// Makes a character of a faint one; what is shown faintly is no part of the rows.
    private static let faint: Unicode.Scalar = "\u{E007F}"
    /// What stands in a cell that the character to the left covers as well.
    private static let covered: Character = "\u{FFFF}"
    private var pending: [UInt8] = []

    init(columns: Int, rows: Int) {
        self.columns = columns
        cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
    }

    /// The rows, without the spaces at their ends, down to the last that holds something.
    var rows: [String] {
        var rows = cells.map { Self.trimmed($0) }
        while rows.last?.isEmpty == true, rows.count > row + 1 { rows.removeLast() }
        return rows
    }

    /// All that was ever shown.
    var text: String { (history + rows).joined(separator: "\n") }

    /// The row that the cursor stands in.
    var line: String { Self.trimmed(cells[row]) }

    /// What is shown faintly, from the top down.
    var faintText: String {
        let faint = cells.joined().filter { $0.unicodeScalars.contains(Self.faint) }
        return String(
            String.UnicodeScalarView(
                faint.flatMap(\.unicodeScalars).filter {
                    $0 != Self.faint
                }
            )
        )
    }

    /// Cuts or widens every row, as xterm does.
    mutating func resize(columns: Int) {
        cells = cells.map { row in
            Array(row.prefix(columns)) + Array(repeating: " ", count: max(0, columns - row.count))
        }
        self.columns = columns
        column = min(column, columns - 1)
        isAtMargin = false
    }

    mutating func write(_ octets: some Sequence<UInt8>) {
        pending += octets
        while let length = step() { pending.removeFirst(length) }
    }

    /// Takes the first thing that waits, whose length it returns; `nil` if it is not whole.
    private mutating func step() -> Int? {
        guard let first = pending.first else { return nil }
        switch first {
        case 0x1B: return escape()
        case 0x0D: (column, isAtMargin) = (0, false)
        case 0x0A: lineFeed()
        case 0x08: (column, isAtMargin) = (max(0, column - 1), false)
        case 0x09: column = min(columns - 1, (column / 8 + 1) * 8)
        case 0..<0x20, 0x7F: break
        default:
            let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            guard pending.count >= length else { return nil }
            put(Character(String(decoding: pending.prefix(length), as: UTF8.self)))
            return length
        }
        return 1
    }

    private mutating func put(_ character: Character) {
        let isWide = Self.isWide(character)
        if isAtMargin || isWide && column == columns - 1 {
            column = 0
            lineFeed()
        }
        cells[row][column] =
            isFaint ? Character("\(character)\(Self.faint)") : character
        if isWide {
            column += 1
            cells[row][column] = Self.covered
        }
        if column == columns - 1 { isAtMargin = true } else { column += 1 }
    }

    private mutating func lineFeed() {
        isAtMargin = false
        guard row == cells.count - 1 else {
            row += 1
            return
        }
        history.append(Self.trimmed(cells.removeFirst()))
        cells.append(Array(repeating: " ", count: columns))
    }

    private mutating func escape() -> Int? {
        guard pending.count > 1 else { return nil }
        guard pending[1] == UInt8(ascii: "[") else {
            if pending[1] == UInt8(ascii: "M") { row = max(0, row - 1) }
            return pending[1] == UInt8(ascii: "(") ? 3 : 2
        }
        guard let end = pending.dropFirst(2).firstIndex(where: { 0x40...0x7E ~= $0 }) else {
            return nil
        }
        let words = String(decoding: pending[2..<end], as: UTF8.self).split(separator: ";")
        let number = words.first.flatMap { Int($0) }
        control(pending[end], number ?? 1, number ?? 0, words)
        return end + 1
    }

    private mutating func control(_ final: UInt8, _ count: Int, _ kind: Int, _ words: [Substring]) {
        if final != UInt8(ascii: "m") { isAtMargin = false }
        switch Character(Unicode.Scalar(final)) {
        case "m":
            for word in words {
                isFaint = word == "2" || isFaint && !["", "0", "22"].contains(word)
            }
            if words.isEmpty { isFaint = false }
        case "A": row = max(0, row - count)
        case "B": row = min(cells.count - 1, row + count)
        case "C": column = min(columns - 1, column + count)
        case "D": column = max(0, column - count)
        case "G": column = min(columns, count) - 1
        case "d": row = min(cells.count, count) - 1
        case "H":
            row = min(cells.count, count) - 1
            column = min(columns, words.count > 1 ? Int(words[1]) ?? 1 : 1) - 1
        case "J":
            if kind == 2 { for at in cells.indices { clear(at, 0..<columns) } }
            if kind == 0 {
                clear(row, column..<columns)
                for at in cells.indices where at > row { clear(at, 0..<columns) }
            }
        case "K":
            clear(row, kind == 1 ? 0..<(column + 1) : kind == 2 ? 0..<columns : column..<columns)
        case "X": clear(row, column..<min(columns, column + count))
        case "P":
            for _ in 0..<count where column < columns {
                cells[row].remove(at: column)
                cells[row].append(" ")
            }
        case "@":
            for _ in 0..<count {
                cells[row].insert(" ", at: column)
                cells[row].removeLast()
            }
        default: break
        }
    }

    private mutating func clear(_ row: Int, _ range: Range<Int>) {
        for at in range { cells[row][at] = " " }
    }

    private static func isWide(_ character: Character) -> Bool {
        character.unicodeScalars.contains { (0x2E80...0xA4CF).contains($0.value) }
    }

    private static func trimmed(_ row: [Character]) -> String {
        var row = row.map { $0.unicodeScalars.contains(faint) ? " " : $0 }[...]
        while row.last == " " { row = row.dropLast() }
        return String(row.filter { $0 != covered })
    }
}
