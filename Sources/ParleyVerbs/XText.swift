/// xtext, RFC 3461 §4: printable ASCII, in which `+HH` stands for any other octet, for `+` and
/// for `=`.
public enum XText {
    /// The octets as xtext.
    public static func encode(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        for byte in bytes {
            if isPlain(byte) {
                text.append(byte)
            } else {
                text.append(0x2B)
                text.append(digits[Int(byte >> 4)])
                text.append(digits[Int(byte & 15)])
            }
        }
        return text
    }

    /// The octets that `text` stands for; `nil` if it is no xtext.
    public static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var text = text.makeIterator()
        while let byte = text.next() {
            if byte == 0x2B {
                guard let high = text.next().flatMap(digit), let low = text.next().flatMap(digit)
                else { return nil }
                bytes.append(high << 4 | low)
            } else {
                guard isPlain(byte) else { return nil }
                bytes.append(byte)
            }
        }
        return bytes
    }

    /// Whether the octet stands for itself.
    static func isPlain(_ byte: UInt8) -> Bool {
        0x21...0x7E ~= byte && byte != 0x2B && byte != 0x3D
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    /// Only capitals: RFC 3461 §4, `hexchar`.
    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        default: nil
        }
    }
}
