/// Why a text is not an address, in words for the one who wrote it.
public struct AddressError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of mistake.
    public let code: Code

    /// What is wrong: `a local part must not begin with a dot`.
    public let message: String

    /// Where, in octets from the beginning of the text that was given.
    public let position: Int

    init(_ code: Code, _ message: String, at position: Int) {
        self.code = code
        self.message = message
        self.position = position
    }

    /// What is wrong.
    public var description: String { message }

    /// A kind of mistake.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The kind's name.
        public let rawValue: String

        /// A kind of that name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Nothing where something must stand.
        public static let empty = Code(rawValue: "empty")
        /// No `@`.
        public static let noAt = Code(rawValue: "no-at")
        /// A character that may not stand there.
        public static let character = Code(rawValue: "character")
        /// A dot where none may stand.
        public static let dot = Code(rawValue: "dot")
        /// A quoted string that is not closed or not followed by `@`.
        public static let quote = Code(rawValue: "quote")
        /// Brackets that do not match.
        public static let bracket = Code(rawValue: "bracket")
        /// A label of a domain that begins or ends with a hyphen.
        public static let hyphen = Code(rawValue: "hyphen")
        /// An address literal that holds no address.
        public static let literal = Code(rawValue: "literal")
        /// More octets than allowed.
        public static let tooLong = Code(rawValue: "too-long")
        /// The null path where a mailbox is needed.
        public static let null = Code(rawValue: "null")
        /// Octets that are not UTF-8.
        public static let encoding = Code(rawValue: "encoding")
    }
}
