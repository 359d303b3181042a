/// Octets as a string of the language: whatever they are, it stands for exactly these.
public enum StringLiteral {
    /// The string with its quotes, on one line.
    ///
    /// What is no UTF-8 becomes `\xHH`, what nobody could see becomes an escape, and nothing is
    /// inserted.
    public static func quoted(_ octets: some Collection<UInt8>) -> String {
        "\"" + inner(Array(octets)) + "\""
    }

    private static func inner(_ octets: [UInt8]) -> String {
        // What is not text is written octet by octet, so that no two octets join to a character.
        guard let text = String(validating: octets, as: UTF8.self) else {
            return octets.map { $0 < 0x80 ? escaped(Unicode.Scalar($0)) : hex($0) }.joined()
        }
        return text.unicodeScalars.map { escaped($0) }.joined()
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\r": "\\r"
        case "\n": "\\n"
        case "\t": "\\t"
        // It might insert something together with what stands behind it.
        case "$": "\\x24"
        case " "..."~": String(Character(scalar))
        case _ where scalar.value < 0x80: hex(UInt8(scalar.value))
        case _ where scalar.properties.isAlphabetic || scalar == "‹" || scalar == "›":
            String(Character(scalar))
        default: "\\u{\(String(scalar.value, radix: 16))}"
        }
    }

    private static func hex(_ octet: UInt8) -> String {
        "\\x" + (octet < 0x10 ? "0" : "") + String(octet, radix: 16)
    }
}
