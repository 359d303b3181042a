/// Puts octets together to what a scripted SMTP server hears.
///
/// The server sets ``mode`` with its answers: `.body` when it says 354, `.authResponse` when it says
/// 334. A body ends only at CRLF `.` CRLF, and then commands follow by themselves.
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
    private var buffer: RawBuffer
    private var body: BodyReader

    /// A codec at the beginning of a connection.
    public init(limits: WireLimits = WireLimits(line: 12_288)) {
        self.limits = limits
        self.buffer = RawBuffer(capacity: limits.buffer)
        self.body = BodyReader(limit: limits.body)
    }

    /// The octets received and not yet taken.
    public var bufferedBytes: Int { buffer.count }

    /// Forgets what was received and not yet taken: what STARTTLS demands.
    public mutating func dropInput() {
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
            return try buffer.takeLine(limit: limits.line).map { .command(SMTPCommand($0)) }
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
}
