/// Why a text is not a number.
enum NumberFailure: Error {
    /// It exceeds 64 bits.
    case tooLarge
    /// The letters behind it are no unit.
    case unit(String)
    /// `2xx` or `25x`.
    case codePattern
    /// Four numbers with dots: an IPv4 address.
    case address
    /// Three numbers with dots that are no enhanced code.
    case enhanced
    /// Anything else.
    case other
}

extension Literal {
    /// The constant that a word spells: `42`, `1.5`, `30s`, `20MB`, `5.1.1`, `true`, `none`,
    /// `TLSv1.2`; `nil` if it spells none.
    ///
    /// For words whose declared kind asks for a constant: `within 30s`, `param limit: size = 20MB`.
    public static func read(_ word: String) -> Literal? {
        switch word {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "none": return Literal.none
        case "SSLv3": return .tlsVersion(0)
        case "TLSv1", "TLSv1.0": return .tlsVersion(1)
        case "TLSv1.1": return .tlsVersion(2)
        case "TLSv1.2": return .tlsVersion(3)
        case "TLSv1.3": return .tlsVersion(4)
        default: break
        }
        let isNegative = word.utf8.first == UInt8(ascii: "-")
        guard
            case .success(let literal) = read(number: isNegative ? String(word.dropFirst()) : word)
        else { return nil }
        return isNegative ? literal.negated : literal
    }

    /// The constant with its sign turned; `nil` for one without a sign.
    private var negated: Literal? {
        switch self {
        case .integer(let value): .integer(-value)
        case .float(let value): .float(-value)
        case .duration(let value): .duration(-value)
        default: nil
        }
    }

    /// The number with its unit, or the enhanced code, that `text` spells.
    static func read(number text: String) -> Result<Literal, NumberFailure> {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, first >= 0x30, first <= 0x39 else { return .failure(.other) }
        if bytes.count == 3, bytes[2] == UInt8(ascii: "x"), bytes[1] == 0x78 || isDigit(bytes[1]) {
            return .failure(.codePattern)
        }
        let dots = bytes.count { $0 == UInt8(ascii: ".") }
        if dots == 3 { return .failure(.address) }
        if dots == 2 {
            return EnhancedPattern(text).map { .success(.enhanced($0)) } ?? .failure(.enhanced)
        }
        let digits = bytes.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
        let number = String(decoding: digits, as: UTF8.self)
        let unit = String(decoding: bytes.dropFirst(digits.count), as: UTF8.self)
        if digits.last == UInt8(ascii: ".") || dots > 1 { return .failure(.other) }
        if unit.isEmpty { return plain(number, isFloat: dots == 1) }
        if let row = Keywords.durationUnits.first(where: { $0.unit == unit }) {
            return scaled(number, row.nanoseconds).map { .duration($0) }
        }
        if let row = Keywords.sizeUnits.first(where: { $0.unit == unit }) {
            return scaled(number, row.octets).map { .size($0) }
        }
        return .failure(.unit(unit))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func plain(
        _ number: String,
        isFloat: Bool
    ) -> Result<Literal, NumberFailure> {
        if isFloat {
            guard let value = Double(number), value.isFinite else { return .failure(.tooLarge) }
            return .success(.float(value))
        }
        return Int(number).map { .success(.integer($0)) } ?? .failure(.tooLarge)
    }

    /// `number` times `factor`, rounded to the nearest whole.
    private static func scaled(
        _ number: String,
        _ factor: Int64
    ) -> Result<Int64, NumberFailure> {
        if let whole = Int64(number) {
            let (value, overflow) = whole.multipliedReportingOverflow(by: factor)
            return overflow ? .failure(.tooLarge) : .success(value)
        }
        guard number.contains("."), let value = Double(number) else { return .failure(.tooLarge) }
        let product = (value * Double(factor)).rounded()
        return product < 9.2e18 ? .success(Int64(product)) : .failure(.tooLarge)
    }
}

extension EnhancedPattern {
    /// The pattern that a word spells: `5.1.1`, `5.7.x`, `4.x.x`; `nil` if it spells none.
    public init?(_ word: String) {
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, ["2", "4", "5"].contains(parts[0]) else { return nil }
        var numbers: [Int?] = []
        for part in parts.dropFirst() {
            if part == "x" {
                numbers.append(nil)
            } else {
                guard part.utf8.count <= 3, part.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
                    let number = Int(part)
                else { return nil }
                numbers.append(number)
            }
        }
        guard numbers[0] != nil || numbers[1] == nil else { return nil }
        self.init(
            statusClass: parts[0] == "2" ? 2 : parts[0] == "4" ? 4 : 5,
            subject: numbers[0],
            detail: numbers[1]
        )
    }
}

extension CodePattern {
    /// The pattern that a word spells: `250`, `25x`, `2xx`; `nil` if it spells none.
    public init?(_ word: String) {
        let bytes = Array(word.utf8)
        guard bytes.count == 3, bytes[0] >= 0x31, bytes[0] <= 0x35 else { return nil }
        let hundreds = Int(bytes[0] - 0x30) * 100
        let isWide = bytes[1] == UInt8(ascii: "x")
        let isOpen = bytes[2] == UInt8(ascii: "x")
        if isWide {
            guard isOpen else { return nil }
            self.init(lowest: hundreds, highest: hundreds + 99)
            return
        }
        guard bytes[1] >= 0x30, bytes[1] <= 0x39 else { return nil }
        let tens = hundreds + Int(bytes[1] - 0x30) * 10
        if isOpen {
            self.init(lowest: tens, highest: tens + 9)
            return
        }
        guard bytes[2] >= 0x30, bytes[2] <= 0x39 else { return nil }
        let code = tens + Int(bytes[2] - 0x30)
        self.init(lowest: code, highest: code)
    }
}
