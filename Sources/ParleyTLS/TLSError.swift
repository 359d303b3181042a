/// What kept a context, an engine or a certificate from being made: the caller's input, not the
/// peer.
public struct TLSError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of error.
    public struct Code: Sendable, Equatable {
        let name: String

        /// OpenSSL could not allocate or configure something.
        public static let library = Code(name: "library")
        /// A CA, certificate or key could not be read.
        public static let unreadable = Code(name: "unreadable")
        /// Key and certificate do not belong together.
        public static let mismatch = Code(name: "mismatch")
        /// An option has a value that OpenSSL refuses, such as an unknown cipher.
        public static let option = Code(name: "option")
        /// A server name, verified name or certificate name is not one.
        public static let name = Code(name: "name")
    }

    /// What kind of error it is.
    public let code: Code
    /// Which input, and what OpenSSL says of it; safe to print.
    public let context: String

    init(_ code: Code, _ context: String) {
        self.code = code
        self.context = context
    }

    /// A file that could not be read, in the words of who tried.
    public init(unreadable words: String) {
        self.init(.unreadable, SafeText.escape(words, limit: 400))
    }

    /// An error with OpenSSL's own words, drained from its queue.
    init(_ code: Code, drainingInto context: String) {
        let words = ErrorQueue.drain().map(\.text).filter { !$0.isEmpty }
        let detail = words.first.map { ": " + $0 } ?? ""
        self.init(code, SafeText.escape(context + detail, limit: 400))
    }

    /// The context, e.g. `CA file /etc/x.pem: no start line`.
    public var description: String { context }
}
