/// A whole reply of a server, RFC 5321 §4.2:
///
/// ```
/// S: 250-mx.example.net
/// S: 250 SIZE 10240000
/// ```
///
/// Only the octets are stored; text is decoded on demand. It is the peer's, therefore hostile:
/// whoever shows it has to make it harmless.
public struct Reply: Hashable, Sendable {
    /// The code of every line, 100...599.
    public let code: Int

    /// The enhanced status code (RFC 2034) of the first line that has one.
    ///
    /// Only where its class is the code's first digit, and never in a positive greeting or a
    /// positive answer to EHLO or HELO, where a host name stands in that place.
    public internal(set) var enhanced: EnhancedStatus?

    /// What is odd about it.
    public let flags: ReplyFlags

    /// The number of lines, at least 1.
    public let lineCount: Int

    /// The reply as it came, with its line ends.
    public let raw: [UInt8]

    /// All replies to one message, this one among them, where the server owes several (LMTP, PRDR);
    /// else empty.
    public internal(set) var series: [RecipientReply] = []

    init(
        code: Int,
        enhanced: EnhancedStatus?,
        flags: ReplyFlags,
        lineCount: Int,
        raw: [UInt8]
    ) {
        self.code = code
        self.enhanced = enhanced
        self.flags = flags
        self.lineCount = lineCount
        self.raw = raw
    }

    /// The first digit of the code, by which an unknown code is judged.
    public var severity: Int { code / 100 }

    /// Whether the code is 2xx.
    public var isPositive: Bool { severity == 2 }

    /// Whether the code is 3xx.
    public var isIntermediate: Bool { severity == 3 }
}
