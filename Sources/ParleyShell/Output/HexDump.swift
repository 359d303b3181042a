/// Octets in the usual three columns: offset, hexadecimal, text.
enum HexDump {
    /// The lines for what one side sent; at most 4 KiB of it.
    static func lines(_ side: String, _ octets: [UInt8]) -> [String] {
        let limit = 4096
        var lines: [String] = []
        var offset = 0
        while offset < min(octets.count, limit) {
            let row = octets[offset..<min(offset + 16, octets.count, limit)]
            let digits = row.map { pad(String($0, radix: 16), 2) }.joined(separator: " ")
            let text = row.map { octet in
                (0x20..<0x7F).contains(octet) ? String(Unicode.Scalar(octet)) : "."
            }
            .joined()
            let gap = String(repeating: " ", count: 47 - digits.utf8.count)
            lines.append("  \(side) \(pad(String(offset, radix: 16), 4))  \(digits)\(gap)  \(text)")
            offset += 16
        }
        if octets.count > limit { lines.append("  \(side) … \(octets.count) octets in all") }
        return lines
    }

    private static func pad(_ digits: String, _ width: Int) -> String {
        String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
