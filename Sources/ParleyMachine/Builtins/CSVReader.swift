/// Reads CSV (RFC 4180): the first row names the columns, cells are strings.
enum CSVReader {
    /// The rows as records.
    static func read(_ bytes: [UInt8]) throws(ScriptError) -> Value {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        let rows = try rows(content)
        guard let names = rows.first?.cells else { return .list([]) }
        var records: [Value] = []
        records.reserveCapacity(rows.count - 1)
        for row in rows.dropFirst() {
            guard row.cells.count == names.count else {
                throw .value(
                    "line \(row.line) of the CSV has \(row.cells.count) cells; the first row names"
                        + " \(names.count) columns"
                )
            }
            records.append(.map(MapBox(zip(names, row.cells).map { ($0, .string($1)) })))
        }
        return .list(records)
    }

    private static func rows(_ bytes: [UInt8]) throws(ScriptError) -> [(line: Int, cells: [String])]
    {
        var rows: [(line: Int, cells: [String])] = []
        var cells: [String] = []
        var cell: [UInt8] = []
        var line = 1
        var start = 1
        var isQuoted = false
        var wasQuoted = false
        func text() -> String { String(decoding: cell, as: UTF8.self) }
        func endRow() {
            if !(cells.isEmpty && cell.isEmpty && !wasQuoted) {
                rows.append((start, cells + [text()]))
            }
            (cells, cell, wasQuoted) = ([], [], false)
        }
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == 0x0A { line += 1 }
            if isQuoted {
                if byte != 0x22 {
                    cell.append(byte)
                } else if at < bytes.count, bytes[at] == 0x22 {
                    cell.append(0x22)
                    at += 1
                } else {
                    isQuoted = false
                }
                continue
            }
            switch byte {
            case 0x22 where cell.isEmpty && !wasQuoted:
                (isQuoted, wasQuoted) = (true, true)
            case 0x2C:
                cells.append(text())
                (cell, wasQuoted) = ([], false)
            case 0x0D where at < bytes.count && bytes[at] == 0x0A:
                break
            case 0x0A:
                endRow()
                start = line
            default:
                cell.append(byte)
            }
        }
        guard !isQuoted else { throw .value("line \(start) of the CSV: a quote is not closed") }
        endRow()
        return rows
    }
}
