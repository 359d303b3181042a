/// How the history's file writes an entry: on one line, whatever it holds.
enum HistoryText {
    /// What the file begins with.
    static let header = "# parley history 1\n"

    /// The entry in one line, without its line end.
    static func encoded(_ entry: String) -> [UInt8] {
        var line: [UInt8] = []
        for octet in entry.utf8 {
            switch octet {
            case 0x5C: line += [0x5C, 0x5C]
            case 0x0A: line += [0x5C, UInt8(ascii: "n")]
            case 0x0D: line += [0x5C, UInt8(ascii: "r")]
            case 0x00: line += [0x5C, UInt8(ascii: "0")]
            default: line.append(octet)
            }
        }
        return line
    }

    /// The entry of a line; `nil` if no parley wrote it.
    static func decoded(_ line: some Collection<UInt8>) -> String? {
        var entry: [UInt8] = []
        entry.reserveCapacity(line.count)
        var isEscaped = false
        for octet in line {
            guard isEscaped else {
                guard octet != 0x00 else { return nil }
                isEscaped = octet == 0x5C
                if !isEscaped { entry.append(octet) }
                continue
            }
            isEscaped = false
            switch octet {
            case 0x5C: entry.append(0x5C)
            case UInt8(ascii: "n"): entry.append(0x0A)
            case UInt8(ascii: "r"): entry.append(0x0D)
            case UInt8(ascii: "0"): entry.append(0x00)
            default: return nil
            }
        }
        guard !isEscaped, !entry.isEmpty else { return nil }
        return String(validating: entry, as: UTF8.self)
    }
}
