/// Reads JSON (RFC 8259) into values: objects become records, whose numbers and truth values are
/// text as written, since that is what look-ups in them give.
struct JSONReader {
    private let bytes: [UInt8]
    private var at = 0
    private var depth = 0
    private static let maximumDepth = 64

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The value that `bytes` are the text of.
    static func read(_ bytes: [UInt8]) throws(ScriptError) -> Value {
        var reader = JSONReader(bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.at = 3 }
        let value = try reader.value()
        reader.skipSpace()
        guard reader.at == bytes.count else { throw reader.complaint("more follows the value") }
        return value
    }

    private mutating func value() throws(ScriptError) -> Value {
        skipSpace()
        guard at < bytes.count else { throw complaint("a value is missing") }
        switch bytes[at] {
        case 0x7B: return try object()
        case 0x5B: return try array()
        case 0x22: return .string(try string())
        case 0x74: return try word("true", .string("true"))
        case 0x66: return try word("false", .string("false"))
        case 0x6E: return try word("null", .none)
        case 0x2D, 0x30...0x39: return try number()
        default: throw complaint("no value begins like this")
        }
    }

    private mutating func object() throws(ScriptError) -> Value {
        try enter()
        defer { depth -= 1 }
        var entries: [(name: String, value: Value)] = []
        if take(0x7D) { return .map(MapBox([])) }
        repeat {
            skipSpace()
            guard at < bytes.count, bytes[at] == 0x22 else {
                throw complaint("a name in quotes is missing")
            }
            let name = try string()
            guard take(0x3A) else { throw complaint("a colon is missing") }
            entries.append((name, try value()))
        } while take(0x2C)
        guard take(0x7D) else { throw complaint("the object is not closed") }
        return .map(MapBox(entries))
    }

    private mutating func array() throws(ScriptError) -> Value {
        try enter()
        defer { depth -= 1 }
        var items: [Value] = []
        if take(0x5D) { return .list([]) }
        repeat { items.append(try value()) } while take(0x2C)
        guard take(0x5D) else { throw complaint("the array is not closed") }
        return .list(items)
    }

    private mutating func enter() throws(ScriptError) {
        at += 1
        depth += 1
        guard depth <= Self.maximumDepth else {
            throw complaint("it nests deeper than \(Self.maximumDepth) levels")
        }
    }

    private mutating func string() throws(ScriptError) -> String {
        at += 1
        var text: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            switch byte {
            case 0x22:
                return String(decoding: text, as: UTF8.self)
            case 0x5C:
                text.append(contentsOf: try escape())
            case ..<0x20:
                throw complaint("a control character stands in a string")
            default:
                text.append(byte)
            }
        }
        throw complaint("the string is not closed")
    }

    private mutating func escape() throws(ScriptError) -> [UInt8] {
        guard at < bytes.count else { throw complaint("the string is not closed") }
        let byte = bytes[at]
        at += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: return [byte]
        case 0x62: return [0x08]
        case 0x66: return [0x0C]
        case 0x6E: return [0x0A]
        case 0x72: return [0x0D]
        case 0x74: return [0x09]
        case 0x75: break
        default: throw complaint("no escape looks like this")
        }
        var code = try unit()
        if 0xD800...0xDBFF ~= code, at + 1 < bytes.count, bytes[at] == 0x5C, bytes[at + 1] == 0x75 {
            at += 2
            let low = try unit()
            code =
                0xDC00...0xDFFF ~= low ? 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00) : 0xFFFD
        }
        return Array(String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
    }

    private mutating func unit() throws(ScriptError) -> UInt32 {
        guard at + 4 <= bytes.count,
            let code = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
        else { throw complaint("four hexadecimal digits are missing") }
        at += 4
        return code
    }

    private mutating func number() throws(ScriptError) -> Value {
        let start = at
        while at < bytes.count, Self.isNumber(bytes[at]) { at += 1 }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        guard let float = Double(text), float.isFinite else { throw complaint("this is no number") }
        return .string(text)
    }

    private static func isNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: true
        default: false
        }
    }

    private mutating func word(_ text: String, _ value: Value) throws(ScriptError) -> Value {
        guard bytes[at...].starts(with: text.utf8) else {
            throw complaint("no value begins like this")
        }
        at += text.utf8.count
        return value
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    }

    private func complaint(_ what: String) -> ScriptError {
        let line = bytes[..<min(at, bytes.count)].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
        return .value("line \(line) of the JSON: \(what)")
    }
}
