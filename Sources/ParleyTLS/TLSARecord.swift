/// A TLSA record (RFC 6698): what a domain says of its server's certificate.
public struct TLSARecord: Sendable, Hashable, CustomStringConvertible {
    /// 2 is an authority that must be in the chain (DANE-TA), 3 the server's own (DANE-EE); 0 and 1
    /// need a public authority besides and are not used for mail (RFC 7672 section 3.1.3).
    public let usage: UInt8
    /// 0 for the whole certificate, 1 for its public key.
    public let selector: UInt8
    /// 0 for the thing itself, 1 for its SHA-256, 2 for its SHA-512.
    public let matching: UInt8
    /// What must match.
    public let data: [UInt8]

    /// A record of its four fields.
    public init(usage: UInt8, selector: UInt8, matching: UInt8, data: [UInt8]) {
        self.usage = usage
        self.selector = selector
        self.matching = matching
        self.data = data
    }

    /// Reads the form of zone files: `3 1 1 0123…ef`, where the digits may have spaces in them.
    /// Nil where it is none, or the data has not the length that the matching type demands.
    public init?(_ text: String) {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" })
        guard words.count >= 4, let usage = UInt8(words[0]), let selector = UInt8(words[1]),
            let matching = UInt8(words[2]),
            let data = Self.octets(words[3...].joined().utf8)
        else { return nil }
        self.init(usage: usage, selector: selector, matching: matching, data: data)
        guard hasRightLength else { return nil }
    }

    /// Whether the record can be used for mail: usage 2 or 3 with fields that are defined. Others
    /// are passed over (RFC 7671 section 4.1).
    public var isUsable: Bool {
        (2...3).contains(usage) && selector <= 1 && matching <= 2 && hasRightLength
    }

    /// The form of zone files.
    public var description: String {
        "\(usage) \(selector) \(matching) \(SafeText.hex(data))"
    }

    private var hasRightLength: Bool {
        switch matching {
        case 1: data.count == 32
        case 2: data.count == 64
        default: (1...(64 << 10)).contains(data.count)
        }
    }

    private static func octets(_ digits: String.UTF8View) -> [UInt8]? {
        guard digits.count % 2 == 0, digits.count <= 128 << 10 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for digit in digits {
            let value: UInt8
            switch digit {
            case 0x30...0x39: value = digit - 0x30
            case 0x41...0x46: value = digit - 0x37
            case 0x61...0x66: value = digit - 0x57
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return bytes
    }
}
