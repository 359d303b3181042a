/// Puts octets together to whole replies, RFC 5321 §4.2.
///
/// Tolerated and flagged (``ReplyFlags``): LF as line end, a tab behind the code, no text. Refused:
/// lines that do not begin with a code, lines of one reply with different codes, and whatever is
/// longer than its limit. A refusal is final, since no one knows where the next reply begins.
public struct ReplyParser: Sendable {
    /// The octets not yet taken; `receive line` and its kin take from here.
    var buffer: RawBuffer

    private let limits: WireLimits
    private var failure: WireError?

    /// The reply that is being put together; offsets count from the buffer's first octet.
    private var code = 0
    private var enhanced: EnhancedStatus?
    private var flags: ReplyFlags = []
    private var lineCount = 0
    private var lineStart = 0
    private var searched = 0

    /// A parser at the beginning of a reply.
    public init(limits: WireLimits = WireLimits()) {
        self.limits = limits
        self.buffer = RawBuffer(capacity: limits.buffer)
    }

    /// The octets that belong to no whole reply yet.
    public var pending: [UInt8] { buffer.prefix(buffer.count) }

    /// Keeps octets that arrived.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        buffer.append(bytes)
    }

    /// Forgets everything, an earlier refusal included.
    public mutating func removeAll() {
        buffer.removeAll()
        failure = nil
        restart()
    }

    /// Forgets how far it got with a reply, because someone else took octets from the buffer.
    mutating func restart() {
        code = 0
        enhanced = nil
        flags = []
        lineCount = 0
        lineStart = 0
        searched = 0
    }

    /// The next whole reply, or `nil` until more arrives.
    ///
    /// - Throws: `smtp.reply.malformed`, `smtp.reply.mixed-codes`, `limit.line`, `limit.reply` or
    ///   `limit.memory`; the same again on every later call.
    public mutating func next() throws(WireError) -> Reply? {
        if let failure { throw failure }
        do {
            return try read()
        } catch {
            failure = error
            throw error
        }
    }

    private mutating func read() throws(WireError) -> Reply? {
        while let feed = buffer.lineFeed(from: searched) {
            let end = feed + 1
            guard end - lineStart <= limits.line else { throw lineTooLong() }
            lineCount += 1
            guard lineCount <= limits.replyLines, end <= limits.reply else {
                throw replyTooLong()
            }
            let isLast = try readLine(lineStart..<end)
            lineStart = end
            searched = end
            guard isLast else { continue }
            let reply = Reply(
                code: code,
                enhanced: enhanced,
                flags: flags,
                lineCount: lineCount,
                raw: buffer.prefix(end)
            )
            buffer.consume(end)
            restart()
            return reply
        }
        searched = buffer.count
        guard buffer.count - lineStart <= limits.line else { throw lineTooLong() }
        guard buffer.count <= limits.reply else { throw replyTooLong() }
        try buffer.throwIfOverfull()
        return nil
    }

    /// Reads one line and tells whether it ends the reply.
    private mutating func readLine(_ range: Range<Int>) throws(WireError) -> Bool {
        let read = buffer.withBytes { bytes in
            ReplyLine(UnsafeRawBufferPointer(rebasing: bytes[range]))
        }
        guard let read else {
            throw WireError(
                .malformed,
                "line \(lineCount) of the reply does not begin with a code and a space or dash",
                bytes: buffer.beginning(of: range)
            )
        }
        guard lineCount == 1 || read.code == code else {
            throw WireError(
                .mixedCodes,
                "the reply begins with \(code), and its line \(lineCount) says \(read.code)",
                bytes: buffer.prefix(range.upperBound)
            )
        }
        code = read.code
        flags.formUnion(read.flags)
        if enhanced == nil { enhanced = read.enhanced }
        return read.isLast
    }

    private func lineTooLong() -> WireError {
        WireError(
            .line,
            "a line of the reply is longer than \(limits.line) octets",
            bytes: buffer.beginning(of: lineStart..<buffer.count)
        )
    }

    private func replyTooLong() -> WireError {
        WireError(
            .reply,
            "the reply is longer than \(limits.replyLines) lines or \(limits.reply) octets",
            bytes: buffer.prefix(512)
        )
    }
}
