/// One line of a server's answer to EHLO.
public struct Capability: Hashable, Sendable {
    /// The keyword in upper case: `SIZE`.
    public let keyword: String

    /// The words behind the keyword, as written: `10240000`.
    public let parameters: [String]

    /// The line as written, without its code.
    public let line: String
}
