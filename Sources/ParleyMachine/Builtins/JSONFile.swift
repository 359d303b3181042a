import ParleyDiagnostics

/// A file of JSON as a value: objects become records, whose numbers and truth values are text as
/// written, since that is what look-ups in them give.
enum JSONFile {
    /// The value that `bytes` are the text of.
    static func read(_ bytes: [UInt8]) throws(ScriptError) -> Value {
        do {
            return value(try JSONReader.read(bytes, .file))
        } catch {
            let before = bytes[..<min(error.offset, bytes.count)]
            let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
            throw .value("line \(line) of the JSON: \(error.message)")
        }
    }

    private static func value(_ json: JSONValue) -> Value {
        switch json {
        case .null: .none
        case .bool(let flag): .string(flag ? "true" : "false")
        case .number(let text), .string(let text): .string(text)
        case .array(let elements): .list(elements.map(value))
        case .object(let members): .map(MapBox(members.map { ($0.name, value($0.value)) }))
        }
    }
}
