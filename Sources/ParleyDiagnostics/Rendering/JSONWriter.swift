/// Writes JSON (RFC 8259) as ASCII on one line: whatever the strings hold, nothing in the output is
/// a control character, a line separator or an octet beyond `~`.
public struct JSONWriter: Sendable {
    /// What has been written.
    public private(set) var bytes: [UInt8] = []
    /// Whether the next element of each open container needs a comma, innermost last.
    private var needsComma: [Bool] = [false]

    /// An empty writer.
    public init() {}

    /// What has been written, as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes an object; `body` writes its members.
    public mutating func object(_ body: (inout JSONWriter) -> Void) {
        container(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
    }

    /// Writes an array; `body` writes its elements.
    public mutating func array(_ body: (inout JSONWriter) -> Void) {
        container(UInt8(ascii: "["), UInt8(ascii: "]"), body)
    }

    /// Writes a member's name; its value must follow.
    public mutating func key(_ name: String) {
        separate()
        quote(name.utf8)
        bytes.append(UInt8(ascii: ":"))
        needsComma[needsComma.count - 1] = false
    }

    /// Writes a string.
    public mutating func value(_ string: String) {
        separate()
        quote(string.utf8)
    }

    /// Writes octets as a string; those that are not UTF-8 become U+FFFD.
    public mutating func value(octets: some Sequence<UInt8>) {
        separate()
        quote(octets)
    }

    /// Writes a whole number.
    public mutating func value(_ number: some BinaryInteger) {
        separate()
        bytes += "\(number)".utf8
    }

    /// Writes a number; infinities and what is not a number become `null`.
    public mutating func value(_ number: Double) {
        separate()
        bytes += (number.isFinite ? "\(number)" : "null").utf8
    }

    /// Writes `true` or `false`.
    public mutating func value(_ flag: Bool) {
        separate()
        bytes += (flag ? "true" : "false").utf8
    }

    /// Writes `null`.
    public mutating func null() {
        separate()
        bytes += "null".utf8
    }

    /// Writes a member that is a string.
    public mutating func member(_ name: String, _ string: String) {
        key(name)
        value(string)
    }

    /// Writes a member that is a string, unless it is `nil`.
    public mutating func member(_ name: String, ifPresent string: String?) {
        if let string { member(name, string) }
    }

    /// Writes a member that is a whole number.
    public mutating func member(_ name: String, _ number: some BinaryInteger) {
        key(name)
        value(number)
    }

    /// Writes a member that is a number.
    public mutating func member(_ name: String, _ number: Double) {
        key(name)
        value(number)
    }

    /// Writes a member that is `true` or `false`.
    public mutating func member(_ name: String, _ flag: Bool) {
        key(name)
        value(flag)
    }

    // MARK: - Octets

    private mutating func container(
        _ opening: UInt8,
        _ closing: UInt8,
        _ body: (inout JSONWriter) -> Void
    ) {
        separate()
        bytes.append(opening)
        needsComma.append(false)
        body(&self)
        needsComma.removeLast()
        bytes.append(closing)
    }

    private mutating func separate() {
        if needsComma[needsComma.count - 1] { bytes.append(UInt8(ascii: ",")) }
        needsComma[needsComma.count - 1] = true
    }

    private mutating func quote(_ octets: some Sequence<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        var decoder = UTF8Decoder(octets)
        while let unit = decoder.next() {
            switch unit {
            case .octet: bytes += #"\ufffd"#.utf8
            case .scalar(let scalar): append(scalar)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": bytes += #"\""#.utf8
        case "\\": bytes += #"\\"#.utf8
        case "\n": bytes += #"\n"#.utf8
        case "\r": bytes += #"\r"#.utf8
        case "\t": bytes += #"\t"#.utf8
        default:
            if scalar.value >= 0x20, scalar.value < 0x7F {
                bytes.append(UInt8(scalar.value))
            } else {
                for unit in String(Character(scalar)).utf16 {
                    bytes += "\\u\(DisplayText.hexadecimal(UInt32(unit), width: 4))".utf8
                }
            }
        }
    }
}
