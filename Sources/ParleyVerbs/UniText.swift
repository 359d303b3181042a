/// The forms of an address of the type `utf-8`, RFC 6533 §3: printable ASCII, in which `\x{HEX}`
/// stands for any other character, for `+`, for `=` and for `\`. Under SMTPUTF8 characters beyond
/// ASCII may also stand for themselves.
public enum UniText {
    /// The text with every character that is not plain as `\x{HEX}`: right with and without
    /// SMTPUTF8.
    public static func encode(_ text: String) -> String {
        var encoded = ""
        for scalar in text.unicodeScalars {
            if let byte = UInt8(exactly: scalar.value), isPlain(byte) {
                encoded.unicodeScalars.append(scalar)
            } else {
                encoded += "\\x{\(String(scalar.value, radix: 16, uppercase: true))}"
            }
        }
        return encoded
    }

    /// Whether it is such a text.
    static func isValid(_ text: some StringProtocol) -> Bool {
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == 0x5C {
                guard rest.starts(with: "x{".utf8), let end = rest.firstIndex(of: 0x7D),
                    isCharacter(rest[..<end].dropFirst(2))
                else { return false }
                rest = rest[(end + 1)...]
            } else if byte < 0x80, !isPlain(byte) {
                return false
            }
        }
        return true
    }

    /// QCHAR: an octet that stands for itself.
    private static func isPlain(_ byte: UInt8) -> Bool { XText.isPlain(byte) && byte != 0x5C }

    /// HEXPOINT: two to six capital digits that name a character.
    private static func isCharacter(_ digits: ArraySlice<UInt8>) -> Bool {
        guard 2...6 ~= digits.count,
            digits.allSatisfy({ 0x30...0x39 ~= $0 || 0x41...0x46 ~= $0 }),
            let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { return false }
        return Unicode.Scalar(value) != nil
    }
}
