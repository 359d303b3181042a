/// Puts octets together to what a scripted SMTP server hears.
///
/// The server sets ``mode`` with its answers: `.body` when it says 354, `.authResponse` when it
/// says 334. A body ends only at CRLF `.` CRLF, and then commands follow by themselves.
public struct SMTPServerCodec: Sendable {
    /// How the next octets are to be read.
    public enum Mode: Hashable, Sendable {
        /// As command lines.
        case command
        /// As a message.
        case body
        /// As one line of a SASL exchange.
        case authResponse
        /// As they come.
        case raw
    }

    /// How the next octets are to be read.
    public var mode: Mode = .command {
        didSet { if mode == .body, oldValue != .body { body = BodyReader(limit: limits.body) } }
    }

    private let limits: WireLimits
    private let readsChunks: Bool
    private var buffer: RawBuffer
    private var body: BodyReader
    /// The chunk whose octets are arriving, and how many are still to come.
    private var chunk: (SMTPServerChunk, left: Int)?

    /// A codec at the beginning of a connection.
    ///
    /// - Parameter readsChunks: whether octets follow a `BDAT` command.
    public init(limits: WireLimits = WireLimits(line: 12_288), readsChunks: Bool = true) {
        self.readsChunks = readsChunks
        self.limits = limits
        self.buffer = RawBuffer(capacity: limits.buffer)
        self.body = BodyReader(limit: limits.body)
    }

    /// The octets received and not yet taken.
    public var bufferedBytes: Int { buffer.count }

    /// Forgets what was received and not yet taken: what STARTTLS demands.
    public mutating func dropInput() {
        chunk = nil
        buffer.removeAll()
    }

    /// Keeps octets that arrived.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        buffer.append(bytes)
    }

    /// The next event, or `nil` until more arrives.
    ///
    /// - Throws: `limit.line` or `limit.memory`.
    public mutating func next() throws(WireError) -> SMTPServerEvent? {
        switch mode {
        case .command:
            if chunk != nil { return try takeChunk() }
            guard let line = try buffer.takeLine(limit: limits.line) else { return nil }
            let command = SMTPCommand(line)
            guard readsChunks, let chunk = SMTPServerChunk(command) else {
                return .command(command)
            }
            self.chunk = (chunk, chunk.size)
            return try takeChunk()
        case .authResponse:
            guard let line = try buffer.takeLine(limit: limits.line) else { return nil }
            mode = .command
            return .authResponse(line.bytes)
        case .raw:
            let bytes = try buffer.takeBytes(buffer.count) ?? []
            return bytes.isEmpty ? nil : .raw(bytes)
        case .body:
            let (used, isWhole) = buffer.withBytes { body.read($0) }
            buffer.consume(used)
            guard isWhole else {
                try buffer.throwIfOverfull()
                return nil
            }
            mode = .command
            defer { body = BodyReader(limit: limits.body) }
            return .body(body.bytes, size: body.size)
        }
    }

    /// Takes what has come of a chunk; what exceeds the limit is only counted.
    private mutating func takeChunk() throws(WireError) -> SMTPServerEvent? {
        guard var (chunk, left) = chunk else { return nil }
        // Held once only, or each piece that comes would copy all before it.
        self.chunk = nil
        let taken = min(left, buffer.count)
        let room = max(0, limits.body - chunk.bytes.count)
        chunk.bytes += buffer.prefix(min(taken, room))
        buffer.consume(taken)
        left -= taken
        guard left == 0 else {
            self.chunk = (chunk, left)
            try buffer.throwIfOverfull()
            return nil
        }
        return .chunk(chunk)
    }
}
