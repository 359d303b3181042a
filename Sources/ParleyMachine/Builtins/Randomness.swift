/// Numbers that look random and derive from a seed alone (splitmix64).
struct Randomness {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// A source of a test's attempt: the same for the same seed, identity and attempt, whatever
    /// else runs and in whatever order.
    init(seed: UInt64, identity: String, attempt: Int) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in identity.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        self.init(seed: seed)
        state = next() ^ hash
        state = next() &+ UInt64(truncatingIfNeeded: attempt)
    }

    /// A source of its own for the part of that number.
    func derived(_ number: Int) -> Randomness {
        var copy = self
        return Randomness(
            seed: copy.next() ^ (UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15)
        )
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to and without `bound`.
    mutating func below(_ bound: Int) -> Int {
        guard bound > 1 else { return 0 }
        return Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A random UUID (RFC 9562 §5.4).
    mutating func uuid() -> String {
        let (first, second) = (next(), next())
        var bytes = (0..<8).map { UInt8(truncatingIfNeeded: first >> (8 * $0)) }
        bytes += (0..<8).map { UInt8(truncatingIfNeeded: second >> (8 * $0)) }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text += "-" }
            text += Hexadecimal.text([byte])
        }
        return text
    }
}

/// Octets in hexadecimal.
enum Hexadecimal {
    /// Two lower-case digits for each octet.
    static func text(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
