/// What a language server needs to know of files: it opens none itself.
public struct ServerFiles: Sendable {
    /// The absolute path without links; `nil` if there is no such file or folder.
    public var resolve: @Sendable (String) -> String?
    /// The octets of a file, within a bound; else why it cannot be read, as a clause.
    public var read: @Sendable (String) -> Result<[UInt8], Failure>
    /// The names in a folder that begin so; those of folders end with a slash.
    public var entries: @Sendable (_ folder: String, _ prefix: String) -> [String]

    /// Why a file cannot be read.
    public struct Failure: Error, Hashable, Sendable {
        /// The reason: `no such file or directory`.
        public var reason: String

        /// A reason.
        public init(_ reason: String) {
            self.reason = reason
        }
    }

    /// Files as these functions tell of them.
    public init(
        resolve: @escaping @Sendable (String) -> String?,
        read: @escaping @Sendable (String) -> Result<[UInt8], Failure>,
        entries: @escaping @Sendable (_ folder: String, _ prefix: String) -> [String]
    ) {
        self.resolve = resolve
        self.read = read
        self.entries = entries
    }
}
