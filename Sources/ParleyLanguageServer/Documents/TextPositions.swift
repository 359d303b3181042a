import ParleyDiagnostics

/// How columns are counted: as client and server agreed.
enum PositionEncoding: String {
    case utf8 = "utf-8"
    case utf16 = "utf-16"
}

/// Turns positions of the protocol, which count lines and columns from 0, into offsets and back.
struct TextPositions {
    let source: SourceText
    let encoding: PositionEncoding

    /// The offset of a position; one beyond a line's end is the line's end, one beyond the text's
    /// end is that, and one within a character is its beginning.
    func offset(line: Int, character: Int) -> Int {
        guard line >= 0, line < source.lineCount else { return line < 0 ? 0 : source.bytes.count }
        let bytes = source.lineBytes(line + 1)
        let wanted = max(0, character)
        if encoding == .utf8 {
            var offset = bytes.startIndex + min(wanted, bytes.count)
            while offset > bytes.startIndex, offset < bytes.endIndex,
                bytes[offset] & 0xC0 == 0x80
            { offset -= 1 }
            return offset
        }
        var units = 0
        var offset = bytes.startIndex
        while offset < bytes.endIndex {
            let width = Self.units(bytes[offset])
            if units + width > wanted { break }
            units += width
            offset += 1
            while offset < bytes.endIndex, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
        }
        return offset
    }

    /// The position of an offset.
    func position(_ offset: Int) -> (line: Int, character: Int) {
        let offset = max(0, min(offset, source.bytes.count))
        let place = source.position(at: offset)
        let start = offset - (place.column - 1)
        guard encoding == .utf16 else { return (place.line - 1, place.column - 1) }
        let units = source.bytes[start..<offset].reduce(0) { $0 + Self.units($1) }
        return (place.line - 1, units)
    }

    /// How many units of UTF-16 the character has that an octet begins.
    private static func units(_ byte: UInt8) -> Int {
        switch byte {
        case 0x80...0xBF: 0
        case 0xF0...: 2
        default: 1
        }
    }
}

extension JSONWriter {
    /// Writes a range as `{"start": …, "end": …}`.
    mutating func range(_ range: SourceRange, _ positions: TextPositions) {
        object { json in
            for (name, offset) in [("start", range.start), ("end", max(range.start, range.end))] {
                let position = positions.position(offset)
                json.key(name)
                json.object { json in
                    json.member("line", position.line)
                    json.member("character", position.character)
                }
            }
        }
    }
}
