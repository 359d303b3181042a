/// How DIGEST-MD5 spells what both sides say, RFC 2831 §7.
enum DigestMD5Text {
    /// The text in quotes.
    static func quoted(_ text: [UInt8]) -> [UInt8] {
        [0x22] + text.flatMap { $0 == 0x22 || $0 == 0x5C ? [0x5C, $0] : [$0] } + [0x22]
    }

    /// UTF-8 as ISO 8859-1; `nil` if it cannot be that. What is not UTF-8 stays as it is.
    static func latin1(_ text: [UInt8]) -> [UInt8]? {
        guard let string = String(validating: text, as: UTF8.self) else { return text }
        let narrow = string.unicodeScalars.compactMap { UInt8(exactly: $0.value) }
        return narrow.count == string.unicodeScalars.count ? narrow : nil
    }

    /// UTF-8 as it is hashed: in ISO 8859-1 where that can hold it, RFC 2831 §2.1.2.1.
    static func narrow(_ text: [UInt8]) -> [UInt8] { latin1(text) ?? text }

    /// ISO 8859-1 as UTF-8.
    static func unicode(_ text: [UInt8]) -> [UInt8] {
        Array(String(String.UnicodeScalarView(text.map { Unicode.Scalar($0) })).utf8)
    }
}
