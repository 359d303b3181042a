/// Base64, RFC 4648 §4.
public enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )

    /// `bytes` in base64, padded.
    public static func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var encoded: [UInt8] = []
        encoded.reserveCapacity((bytes.count + 2) / 3 * 4)
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 1
            guard count == 3 else { continue }
            for shift in [18, 12, 6, 0] as [UInt32] {
                encoded.append(alphabet[Int(bits >> shift & 63)])
            }
            bits = 0
            count = 0
        }
        switch count {
        case 1:
            encoded.append(alphabet[Int(bits >> 2 & 63)])
            encoded.append(alphabet[Int(bits << 4 & 63)])
            encoded.append(contentsOf: [0x3D, 0x3D])
        case 2:
            encoded.append(alphabet[Int(bits >> 10 & 63)])
            encoded.append(alphabet[Int(bits >> 4 & 63)])
            encoded.append(alphabet[Int(bits << 2 & 63)])
            encoded.append(0x3D)
        default:
            break
        }
        return encoded
    }

    /// The octets that `text` stands for, or `nil` if it is not padded base64.
    public static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.count / 4 * 3)
        var bits: UInt32 = 0
        var count = 0
        var padding = 0
        for byte in text {
            if byte == 0x3D {
                padding += 1
                bits <<= 6
            } else {
                guard padding == 0, let value = value(of: byte) else { return nil }
                bits = bits << 6 | value
            }
            count += 1
            guard count == 4 else { continue }
            guard padding <= 2 else { return nil }
            decoded.append(UInt8(truncatingIfNeeded: bits >> 16))
            if padding < 2 { decoded.append(UInt8(truncatingIfNeeded: bits >> 8)) }
            if padding < 1 { decoded.append(UInt8(truncatingIfNeeded: bits)) }
            bits = 0
            count = 0
        }
        return decoded
    }

    private static func value(of byte: UInt8) -> UInt32? {
        switch byte {
        case 0x41...0x5A: UInt32(byte - 0x41)
        case 0x61...0x7A: UInt32(byte - 0x61 + 26)
        case 0x30...0x39: UInt32(byte - 0x30 + 52)
        case 0x2B: 62
        case 0x2F: 63
        default: nil
        }
    }
}
