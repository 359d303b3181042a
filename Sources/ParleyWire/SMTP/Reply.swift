internal import ParleyVerbs

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
    /// The code of every line, 100...599; 0 where the protocol answers in words.
    public let code: Int

    /// What it says where the protocol answers in words (IMAP); else `nil`.
    public let status: StatusResponse?

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

    /// How many octets of ``raw`` were shown when they came, before the reply was whole.
    var shown = 0

    init(
        code: Int,
        enhanced: EnhancedStatus?,
        flags: ReplyFlags,
        lineCount: Int,
        raw: [UInt8],
        status: StatusResponse? = nil
    ) {
        self.code = code
        self.status = status
        self.enhanced = enhanced
        self.flags = flags
        self.lineCount = lineCount
        self.raw = raw
    }

    /// The first digit of the code, by which an unknown code is judged.
    public var severity: Int { code / 100 }

    /// Whether the code is 2xx, or the word OK or PREAUTH.
    public var isPositive: Bool { severity == 2 || status?.word.isPositive == true }

    /// Whether the code is 3xx, or more of the command is awaited.
    public var isIntermediate: Bool { severity == 3 || status?.word == .continuation }
}
