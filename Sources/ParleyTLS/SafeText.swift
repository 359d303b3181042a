/// Text from a peer made fit for a terminal, a log and a report: bounded, without control
/// characters.
enum SafeText {
    /// Escapes controls, line separators and directional marks as `\u{…}`, and cuts at `limit`
    /// characters (Unicode scalars).
    static func escape(_ text: String, limit: Int) -> String {
        var result = ""
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < limit else {
                result += "…"
                break
            }
            count += 1
            if isHostile(scalar) {
                result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The same for bytes, read as UTF-8 with replacement characters for what is not.
    static func escape(_ bytes: some Sequence<UInt8>, limit: Int) -> String {
        // Four bytes a scalar at most: nothing longer than the limit is decoded.
        escape(String(decoding: Array(bytes.prefix(limit * 4 + 4)), as: UTF8.self), limit: limit)
    }

    /// Lower-case hexadecimal digits, two a byte.
    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func isHostile(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: true
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
        default: false
        }
    }
}
