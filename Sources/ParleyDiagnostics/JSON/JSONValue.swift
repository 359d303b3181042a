/// A value of JSON (RFC 8259), as it was read.
public indirect enum JSONValue: Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number as it is written; it fits a `Double`.
    case number(String)
    /// A string.
    case string(String)
    /// The elements of an array.
    case array([JSONValue])
    /// The members of an object, in order. Where a name stands twice, its last value counts.
    case object([Member])

    /// A member of an object.
    public struct Member: Hashable, Sendable {
        /// The name.
        public var name: String
        /// The value.
        public var value: JSONValue

        /// A member.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The member of that name; `null` if there is none, or this is no object.
    public subscript(_ name: String) -> JSONValue { member(name) ?? .null }

    private func member(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    /// The text, if it is one.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The number, if it is a whole one that fits, however it is written: `1e3`.
    public var integer: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
    }

    /// The truth value, if it is one.
    public var bool: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }

    /// The elements; none if it is no array.
    public var array: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// Whether it is an object with a member of that name.
    public func has(_ name: String) -> Bool { member(name) != nil }

    /// Whether it is an object.
    public var isObject: Bool {
        if case .object = self { true } else { false }
    }
}
