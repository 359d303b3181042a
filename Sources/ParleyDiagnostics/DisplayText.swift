/// Makes text that others wrote safe to show: nothing in it can steer a terminal or deceive a
/// reader.
public enum DisplayText {
    /// The octets as text in which every control and invisible character is a visible escape.
    ///
    /// ESC, C0, C1 and DEL become `\x1b`; characters that turn the direction of text or have no
    /// width become `\u{202e}`; octets that are not UTF-8 become `\xff`. A backslash stays as it
    /// is.
    ///
    /// - Parameter limit: how many characters are shown at most; more are cut and end in `…`.
    public static func safe(_ bytes: some Sequence<UInt8>, limit: Int = 1000) -> String {
        var decoder = UTF8Decoder(bytes)
        var result = ""
        var count = 0
        while let unit = decoder.next() {
            count += 1
            if count > limit {
                result += "…"
                break
            }
            switch unit {
            case .scalar(let scalar):
                if isHarmless(scalar) {
                    result.unicodeScalars.append(scalar)
                } else {
                    result += escape(scalar)
                }
            case .octet(let octet):
                result += "\\x" + hexadecimal(UInt32(octet), width: 2)
            }
        }
        return result
    }

    /// The text with every control and invisible character as a visible escape.
    public static func safe(_ text: String, limit: Int = 1000) -> String {
        if text.utf8.count <= limit, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
            return text
        }
        return safe(text.utf8, limit: limit)
    }

    /// How a character that must not be shown is written: `\x1b`, `\u{202e}`.
    public static func escape(_ scalar: Unicode.Scalar) -> String {
        scalar.value < 0xA0
            ? "\\x" + hexadecimal(scalar.value, width: 2)
            : "\\u{" + hexadecimal(scalar.value, width: 1) + "}"
    }

    /// Whether a character may be shown as it is.
    public static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value >= 0x20, value < 0x7F { return true }
        if value < 0xA0 || value == 0xAD || value == 0x061C || value == 0xFEFF { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
            .unassigned:
            return false
        default:
            return !scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    /// How many columns a terminal needs for the text, which has been made safe.
    public static func width(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
    }

    /// How many columns a terminal needs for a character: 0, 1 or 2.
    public static func width(of scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        return wide.contains { $0.contains(value) } ? 2 : 1
    }

    /// The wide and full-width ranges of Unicode (East Asian Width W and F), roughly.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x2E80...0x303E,
        0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
        0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF,
        0x20000...0x3FFFD,
    ]

    static func hexadecimal(_ value: UInt32, width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

/// Reads octets as UTF-8 and hands out those that are not.
struct UTF8Decoder<Octets: Sequence<UInt8>> {
    /// A character, or an octet that belongs to none.
    enum Unit {
        case scalar(Unicode.Scalar)
        case octet(UInt8)
    }

    private var octets: Octets.Iterator
    private var pending: [UInt8] = []
    private var isDone = false

    init(_ octets: Octets) {
        self.octets = octets.makeIterator()
    }

    mutating func next() -> Unit? {
        fill()
        guard let first = pending.first else { return nil }
        if first < 0x80 {
            pending.removeFirst()
            return .scalar(Unicode.Scalar(first))
        }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        if pending.count >= length,
            let text = String(validating: pending.prefix(length), as: UTF8.self),
            let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1
        {
            pending.removeFirst(length)
            return .scalar(scalar)
        }
        return .octet(pending.removeFirst())
    }

    private mutating func fill() {
        while pending.count < 4, !isDone {
            guard let octet = octets.next() else {
                isDone = true
                return
            }
            pending.append(octet)
        }
    }
}
