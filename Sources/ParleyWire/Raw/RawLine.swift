/// A line as a peer sent it.
public struct RawLine: Hashable, Sendable {
    /// The octets before the line end.
    public let bytes: [UInt8]

    /// Whether the line ended with LF alone instead of CRLF.
    public let isBareLF: Bool

    /// The line as text; octets that are not UTF-8 become U+FFFD.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}
