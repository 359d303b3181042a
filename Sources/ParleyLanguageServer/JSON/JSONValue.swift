/// A value of JSON (RFC 8259).
indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A whole number that fits; every other number is a `float`.
    case integer(Int)
    case float(Double)
    case string(String)
    case array([JSONValue])
    /// Where a name stands twice, its last value counts.
    case object([String: JSONValue])

    /// The member of that name; `null` if there is none, or this is no object.
    subscript(_ name: String) -> JSONValue {
        if case .object(let members) = self { members[name] ?? .null } else { .null }
    }

    /// The text, if it is one.
    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The number, if it is a whole one.
    var integer: Int? {
        switch self {
        case .integer(let number): number
        case .float(let number): Int(exactly: number)
        default: nil
        }
    }

    /// The truth value, if it is one.
    var bool: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    /// The elements; none if it is no array.
    var array: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// Whether it is an object with a member of that name.
    func has(_ name: String) -> Bool {
        if case .object(let members) = self { members[name] != nil } else { false }
    }

    /// Whether it is an object.
    var isObject: Bool {
        if case .object = self { true } else { false }
    }
}
