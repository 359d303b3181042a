import ParleySemantics
import ParleyTLS
import ParleyVerbs
import ParleyWire

/// The built-in functions that need nothing but their arguments.
enum Builtins {
    /// Calls one; the result is secret if any argument is.
    static func call(_ function: Builtin, _ arguments: [Value]) throws(ScriptError) -> Value {
        guard arguments.contains(where: \.isSecret) else { return try pure(function, arguments) }
        return try pure(function, arguments.map(\.bare)).asSecret
    }

    private static func pure(_ function: Builtin, _ arguments: [Value]) throws(ScriptError) -> Value
    {
        guard let first = arguments.first else { throw wrong(function) }
        let second = arguments.count > 1 ? arguments[1] : Value.unset
        switch function {
        case .range:
            guard case .int(let lower) = first, case .int(let upper) = second else {
                throw wrong(function)
            }
            // Both ends belong to it.
            let (past, overflow) = upper.addingReportingOverflow(1)
            guard !overflow, !past.subtractingReportingOverflow(lower).overflow else {
                throw .value("the range is too long")
            }
            return .range(lower: lower, upper: max(lower, past))
        case .base64:
            return .string(String(decoding: Base64.encode(try first.octets()), as: UTF8.self))
        case .sha256: return .string(Hexadecimal.text(Digest.sha256(try first.octets())))
        case .hmac:
            // `hmac(key, message)`, SHA-256.
            let digest = Digest.hmac(.sha256, key: try first.octets(), try second.octets())
            return .string(Hexadecimal.text(digest))
        case .lower: return .string(try first.text().lowercased())
        case .upper: return .string(try first.text().uppercased())
        case .trim: return .string(TextFunctions.trim(try first.text()))
        case .split:
            return .list(
                try TextFunctions.split(
                    try first.text(),
                    by: arguments.count > 1 ? second : .string("")
                )
            )
        case .join: return try join(first, arguments.count > 1 ? try second.text() : "")
        case .replace:
            guard arguments.count > 2 else { throw wrong(function) }
            return .string(
                try TextFunctions.replace(try first.text(), second, by: try arguments[2].text())
            )
        case .len: return .int(try length(first))
        case .string: return .string(try first.text())
        case .int: return try first.converted(to: .int)
        case .size: return try first.converted(to: .size)
        case .duration: return try seconds(first)
        case .seconds:
            guard case .duration(let nanoseconds) = first else { throw wrong(function) }
            let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
            return .int(Int(whole) + (rest > 0 ? 1 : 0))
        case .xtext:
            return .string(String(decoding: XText.encode(try first.octets()), as: UTF8.self))
        case .unitext: return .string(UniText.encode(try first.text()))
        case .ip: return try first.converted(to: .ip)
        case .domain: return try first.converted(to: .domain)
        case .address: return try first.converted(to: .address)
        default: throw wrong(function)
        }
    }

    /// What a file's octets are to the function that reads it.
    static func file(_ function: Builtin, _ bytes: [UInt8]) throws(ScriptError) -> Value {
        switch function {
        case .lines: return .list(TextFunctions.lines(bytes))
        case .csv: return try CSVReader.read(bytes)
        case .json:
            let value = try JSONFile.read(bytes)
            if case .list = value { return value }
            return .list([value])
        default:
            // What is text becomes text; other octets stay what they are.
            let text = String(decoding: bytes, as: UTF8.self)
            return text.utf8.elementsEqual(bytes) ? .string(text) : .bytes(bytes)
        }
    }

    private static func join(_ list: Value, _ separator: String) throws(ScriptError) -> Value {
        guard let items = list.listed else { throw wrong(.join) }
        var text = ""
        for (index, item) in items.enumerated() {
            if index > 0 { text += separator }
            text += try item.text()
        }
        return items.contains(where: \.isSecret) ? Value.string(text).asSecret : .string(text)
    }

    /// Numbers are seconds.
    private static func seconds(_ value: Value) throws(ScriptError) -> Value {
        var value = value
        if case .string(let text) = value, let number = Double(text) { value = .float(number) }
        guard let number = value.number else { return try value.converted(to: .duration) }
        guard let nanoseconds = Int64(exactly: (number * 1_000_000_000).rounded()) else {
            throw .value("\(value.display) seconds are too many for a duration")
        }
        return .duration(nanoseconds)
    }

    private static func length(_ value: Value) throws(ScriptError) -> Int {
        switch value {
        case .list(let items): items.count
        case .range(let lower, let upper): upper - lower
        case .map(let map): map.entries.count
        case .bytes(let bytes): bytes.count
        default: try value.text().utf8.count
        }
    }

    private static func wrong(_ function: Builtin) -> ScriptError {
        .value("\(function.rawValue)() cannot take these arguments")
    }
}
