/// Reads JSON (RFC 8259) within a bound of depth; what it is given may be anything.
public struct JSONReader {
    /// How strictly a text is read.
    public struct Rules: Sendable {
        /// How deep arrays and objects may nest.
        var maximumDepth: Int
        /// Whether a byte order mark may stand in front.
        var allowsByteOrderMark = false
        /// Whether what is not UTF-8 in a string is read as U+FFFD; else it is an error.
        var repairsStrings = false
        /// Whether numbers may be written in other ways than RFC 8259 §6 has them: `007`, `1.`.
        var allowsLooseNumbers = false

        /// What a program sends: to the letter.
        public static let message = Rules(maximumDepth: 100)
        /// What people and their tools keep in files.
        public static let file = Rules(
            maximumDepth: 64,
            allowsByteOrderMark: true,
            repairsStrings: true,
            allowsLooseNumbers: true
        )
    }

    /// What is wrong with a text, and where.
    public struct Failure: Error, Hashable, Sendable {
        /// The offset, in octets.
        public var offset: Int
        /// What is wrong, without a full stop.
        public var message: String
    }

    private let bytes: [UInt8]
    private let rules: Rules
    private var at = 0
    private var depth = 0

    private init(_ bytes: [UInt8], _ rules: Rules) {
        self.bytes = bytes
        self.rules = rules
    }

    /// The value that the octets are the text of.
    public static func read(_ bytes: [UInt8], _ rules: Rules) throws(Failure) -> JSONValue {
        var reader = JSONReader(bytes, rules)
        if rules.allowsByteOrderMark, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.at = 3 }
        let value = try reader.value()
        reader.skipSpaces()
        guard reader.at == bytes.count else { throw reader.failure("more follows the value") }
        return value
    }

    private func failure(_ message: String) -> Failure { Failure(offset: at, message: message) }

    private mutating func skipSpaces() {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpaces()
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    private mutating func value() throws(Failure) -> JSONValue {
        skipSpaces()
        guard at < bytes.count else { throw failure("a value is missing") }
        switch bytes[at] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try rules.allowsLooseNumbers ? looseNumber() : number())
        }
    }

    private mutating func word(_ text: String, _ value: JSONValue) throws(Failure) -> JSONValue {
        guard bytes[at...].starts(with: text.utf8) else { throw failure("no value begins so") }
        at += text.utf8.count
        return value
    }

    private mutating func enter() throws(Failure) {
        depth += 1
        guard depth <= rules.maximumDepth else {
            throw failure("it nests deeper than \(rules.maximumDepth) levels")
        }
        at += 1
    }

    private mutating func object() throws(Failure) -> JSONValue {
        try enter()
        defer { depth -= 1 }
        var members: [JSONValue.Member] = []
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpaces()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
                throw failure("a name in quotes is missing")
            }
            let name = try string()
            guard take(UInt8(ascii: ":")) else { throw failure("a colon is missing") }
            members.append(JSONValue.Member(name, try value()))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw failure("the object is not closed") }
        return .object(members)
    }

    private mutating func array() throws(Failure) -> JSONValue {
        try enter()
        defer { depth -= 1 }
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat { elements.append(try value()) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw failure("the array is not closed") }
        return .array(elements)
    }

    // MARK: - Numbers

    private mutating func number() throws(Failure) -> String {
        let start = at
        if at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }
        let whole = digits()
        guard whole > 0, whole == 1 || bytes[at - whole] != UInt8(ascii: "0") else {
            throw failure("no value begins so")
        }
        if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
            at += 1
            guard digits() > 0 else { throw failure("digits are missing") }
        }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") {
                at += 1
            }
            guard digits() > 0 else { throw failure("digits are missing") }
        }
        return try number(from: start)
    }

    /// Whatever a `Double` can be written as, with the signs and digits of JSON.
    private mutating func looseNumber() throws(Failure) -> String {
        let start = at
        guard bytes[at] == UInt8(ascii: "-") || (0x30...0x39).contains(bytes[at]) else {
            throw failure("no value begins so")
        }
        while at < bytes.count,
            (0x30...0x39).contains(bytes[at]) || "+-.eE".utf8.contains(bytes[at])
        {
            at += 1
        }
        return try number(from: start)
    }

    private func number(from start: Int) throws(Failure) -> String {
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        guard let number = Double(text) else { throw failure("this is no number") }
        guard number.isFinite else { throw failure("the number is too large") }
        return text
    }

    private mutating func digits() -> Int {
        let start = at
        while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
        return at - start
    }

    // MARK: - Strings

    private mutating func string() throws(Failure) -> String {
        at += 1
        let start = at
        while at < bytes.count, bytes[at] >= 0x20, bytes[at] != 0x22, bytes[at] != 0x5C { at += 1 }
        if at < bytes.count, bytes[at] == 0x22 {
            // Most strings hold no escapes.
            defer { at += 1 }
            return try text(bytes[start..<at])
        }
        var octets = Array(bytes[start..<at])
        while at < bytes.count {
            let byte = bytes[at]
            switch byte {
            case 0x22:
                at += 1
                return try text(octets[...])
            case 0x5C:
                at += 1
                octets += String(try escape()).utf8
            case ..<0x20: throw failure("a control character stands in a string")
            default:
                octets.append(byte)
                at += 1
            }
        }
        throw failure("the string is not closed")
    }

    private func text(_ octets: ArraySlice<UInt8>) throws(Failure) -> String {
        if rules.repairsStrings { return String(decoding: octets, as: UTF8.self) }
        guard let text = String(validating: octets, as: UTF8.self) else {
            throw failure("the string is not UTF-8")
        }
        return text
    }

    /// What stands behind a backslash; half a surrogate pair becomes U+FFFD.
    private mutating func escape() throws(Failure) -> Unicode.Scalar {
        guard at < bytes.count else { throw failure("the string is not closed") }
        let byte = bytes[at]
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw failure("there is no such escape")
        }
        let high = try unit()
        if (0xD800...0xDBFF).contains(high), at + 1 < bytes.count, bytes[at] == 0x5C,
            bytes[at + 1] == UInt8(ascii: "u")
        {
            let before = at
            at += 2
            let low = try unit()
            if (0xDC00...0xDFFF).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
            {
                return scalar
            }
            at = before
        }
        return Unicode.Scalar(high) ?? "\u{FFFD}"
    }

    private mutating func unit() throws(Failure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard at < bytes.count, let digit = Character(Unicode.Scalar(bytes[at])).hexDigitValue
            else { throw failure("four hexadecimal digits are missing") }
            value = value << 4 | UInt32(digit)
            at += 1
        }
        return value
    }
}
