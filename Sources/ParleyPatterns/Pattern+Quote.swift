extension Pattern {
    /// `text` as a pattern that matches exactly that text, wherever it is put into a larger one.
    public static func quote(_ text: String) -> String {
        var quoted: [UInt8] = []
        quoted.reserveCapacity(text.utf8.count + 8)
        for byte in text.utf8 {
            switch byte {
            case 0:
                // A NUL behind a backslash would be fine for PCRE2, but not for whoever prints it.
                quoted.append(contentsOf: #"\x00"#.utf8)
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...:
                quoted.append(byte)
            default:
                quoted.append(0x5C)
                quoted.append(byte)
            }
        }
        return String(decoding: quoted, as: UTF8.self)
    }
}
