internal import ParleyVerbs

/// Puts octets together to whole responses of an IMAP server, literals included; RFC 9051 §2.2.2.
///
/// Tolerated and flagged (``ReplyFlags``): LF as line end, control characters. Refused: lines that
/// begin with neither `*`, `+` nor a tag, and whatever is longer than its limit. A refusal is
/// final, since no one knows where the next response begins.
public struct IMAPParser: Sendable {
    /// The octets not yet taken; `receive line` and its kin take from here.
    var buffer: RawBuffer

    private let limits: WireLimits
    private var failure: WireError?

    /// The response that is being put together; offsets count from the buffer's first octet.
    private var lineStart = 0
    private var searched = 0
    private var literals = 0
    private var literalEnd: Int?
    private var flags: ReplyFlags = []

    /// How many octets of a reply may stand outside literals: a mailbox has more messages than a
    /// reply of SMTP has lines.
    static let replyFloor = 1024 * 1024

    /// A parser at the beginning of a response.
    public init(limits: WireLimits = WireLimits()) {
        self.limits = limits
        buffer = RawBuffer(capacity: limits.buffer + limits.literal)
    }

    /// The octets that belong to no whole response yet.
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

    /// Forgets how far it got with a response, because someone else took octets from the buffer.
    mutating func restart() {
        lineStart = 0
        searched = 0
        literals = 0
        literalEnd = nil
        flags = []
    }

    /// The next whole response, or `nil` until more arrives.
    ///
    /// - Throws: `imap.reply.malformed`, `limit.line`, `limit.literal`, `limit.reply` or
    ///   `limit.memory`; the same again on every later call.
    public mutating func next() throws(WireError) -> IMAPResponse? {
        if let failure { throw failure }
        do {
            return try read()
        } catch {
            failure = error
            throw error
        }
    }

    private mutating func read() throws(WireError) -> IMAPResponse? {
        while true {
            if let end = literalEnd {
                guard buffer.count >= end else { return try wait() }
                literalEnd = nil
                lineStart = end
                searched = end
            }
            guard let feed = buffer.lineFeed(from: searched) else {
                searched = buffer.count
                guard buffer.count - lineStart <= limits.line else { throw lineTooLong() }
                return try wait()
            }
            let end = feed + 1
            guard end - lineStart <= limits.line else { throw lineTooLong() }
            if let size = try readLine(lineStart..<end) {
                literals += size
                literalEnd = end + size
                guard end + size - literals <= max(limits.reply, Self.replyFloor) else {
                    throw responseTooLong()
                }
                continue
            }
            let response = IMAPResponse(buffer.prefix(end), flags: flags)
            guard let response else {
                throw WireError(
                    .malformed,
                    "a response begins with `* `, `+ ` or a tag and OK, NO or BAD",
                    bytes: buffer.prefix(512)
                )
            }
            buffer.consume(end)
            restart()
            return response
        }
    }

    private func wait() throws(WireError) -> IMAPResponse? {
        try buffer.throwIfOverfull()
        return nil
    }

    /// Flags what is odd about a line, and tells the size of the literal that it announces.
    private mutating func readLine(_ range: Range<Int>) throws(WireError) -> Int? {
        var flags = flags
        let announced = buffer.withBytes { bytes -> LiteralHeader? in
            let line = UnsafeRawBufferPointer(rebasing: bytes[range])
            flags.formUnion(Self.oddities(of: line))
            let first = UnsafeRawBufferPointer(rebasing: bytes[..<min(64, bytes.count)])
            return Self.holdsLiterals(first) ? LiteralHeader(endOf: line) : nil
        }
        self.flags = flags
        guard let announced else { return nil }
        guard let size = announced.size, size <= limits.literal else {
            throw WireError(
                .literal,
                "the server announces a literal of more than \(limits.literal) octets",
                bytes: buffer.beginning(of: range)
            )
        }
        return size
    }

    /// Whether a response has data, in which literals can stand; the text of a status and of a
    /// continuation may well end with what looks like one.
    private static func holdsLiterals(_ start: UnsafeRawBufferPointer) -> Bool {
        guard start.count > 2, start[0] == 0x2A, start[1] == 0x20 else { return false }
        let name = start[2...].prefix { $0 != 0x20 && $0 != 0x0D && $0 != 0x0A }
        return StatusWord(spelled: name) == nil
    }

    private static func oddities(of line: UnsafeRawBufferPointer) -> ReplyFlags {
        var flags: ReplyFlags = []
        var end = line.count - 1
        if end > 0, line[end - 1] == 0x0D { end -= 1 } else { flags.insert(.bareLF) }
        for byte in line[..<end] where byte < 0x20 && byte != 0x09 || byte == 0x7F {
            flags.insert(byte == 0x0D ? .bareCR : .controls)
        }
        return flags
    }

    private func lineTooLong() -> WireError {
        WireError(
            .line,
            "a line of a response is longer than \(limits.line) octets",
            bytes: buffer.beginning(of: lineStart..<buffer.count)
        )
    }

    private func responseTooLong() -> WireError {
        WireError(.reply, "a response has too many literals", bytes: buffer.prefix(512))
    }
}
