/// Puts octets together to what a scripted server of IMAP hears.
public struct IMAPServerCodec: Sendable {
    /// What such a server hears.
    public enum Event: Hashable, Sendable {
        /// A command with its literals.
        case command(IMAPCommand)
        /// The client waits for leave to send a literal: say `+`.
        case awaitsLeave
        /// A line of a SASL exchange, or DONE.
        case line([UInt8])
    }

    /// Whether the next line goes on with a command that is under way, a login or IDLE.
    public var readsLine = false

    /// What stands in a secret's place, where a recording is played: a literal that begins with it
    /// is just that, whatever was announced, because the secret's length was another.
    public var placeholder: [UInt8] = []

    private let limits: WireLimits
    private var buffer: RawBuffer
    private var command: [UInt8] = []
    private var literal = 0
    /// Whether a literal has begun that may turn out to be ``placeholder``.
    private var awaitsPlaceholder = false

    /// A codec at the beginning of a connection.
    public init(limits: WireLimits = WireLimits(line: 12_288)) {
        self.limits = limits
        buffer = RawBuffer(capacity: limits.buffer)
    }

    /// Forgets what was received and not yet taken: what STARTTLS demands.
    public mutating func dropInput() {
        buffer.removeAll()
        abandonCommand()
    }

    /// The command whose literals are arriving, as far as it goes.
    public var unfinished: IMAPCommand? {
        command.isEmpty ? nil : IMAPCommand(command)
    }

    /// The literal that the client wanted to send was refused, and so was its command.
    public mutating func abandonCommand() {
        command = []
        literal = 0
        awaitsPlaceholder = false
    }

    /// Keeps octets that arrived.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        buffer.append(bytes)
    }

    /// The next event, or `nil` until more arrives.
    ///
    /// - Throws: `limit.line`, `limit.literal` or `limit.memory`.
    public mutating func next() throws(WireError) -> Event? {
        while true {
            if awaitsPlaceholder {
                let start = buffer.prefix(placeholder.count)
                if start == placeholder {
                    literal = start.count
                } else if placeholder.starts(with: start) {
                    return nil
                }
                awaitsPlaceholder = false
            }
            if literal > 0 {
                let piece = buffer.prefix(literal)
                buffer.consume(piece.count)
                command += piece
                literal -= piece.count
                guard literal == 0 else {
                    try buffer.throwIfOverfull()
                    return nil
                }
            }
            guard let line = try buffer.takeLine(limit: limits.line) else { return nil }
            if readsLine {
                readsLine = false
                return .line(line.bytes)
            }
            let whole = line.bytes + [0x0D, 0x0A]
            guard let header = whole.withUnsafeBytes({ LiteralHeader(endOf: $0) }) else {
                defer { command = [] }
                return .command(IMAPCommand(command + line.bytes))
            }
            command += whole
            guard let size = header.size, size <= limits.body, command.count <= limits.body else {
                throw WireError(.literal, "a literal of over \(limits.body) octets")
            }
            literal = size
            awaitsPlaceholder = !placeholder.isEmpty && size > 0
            if !header.isNonSynchronising { return .awaitsLeave }
        }
    }
}
