public import ParleyVerbs

/// A client of a protocol without verbs, `tcp` or `tls`: only lines and bytes.
public final class RawClient: ProtocolClient {
    /// `open`: there is nothing else to know.
    public var state: String { "open" }

    /// Nothing is ever offered.
    public var capabilities: Capabilities? { nil }

    /// Whether the peer is this machine.
    public var isLoopback = false

    private let limits: WireLimits
    private var buffer: RawBuffer

    /// A client of a fresh connection.
    public init(limits: WireLimits = WireLimits()) {
        self.limits = limits
        self.buffer = RawBuffer(capacity: limits.buffer)
    }

    /// The octets received and not yet taken.
    public var bufferedBytes: Int { buffer.count }

    /// The first 512 of them.
    public var heldBytes: [UInt8] { buffer.prefix(512) }

    /// Takes octets from the peer.
    public func receive(_ bytes: UnsafeRawBufferPointer) {
        buffer.append(bytes)
    }

    /// Always fails: this protocol has no replies.
    public func nextReply() throws(WireError) -> Reply? {
        throw WireError(.verb, "a raw connection has lines and bytes, but no replies")
    }

    /// The next line.
    public func nextLine() throws(WireError) -> RawLine? {
        try buffer.takeLine(limit: limits.line)
    }

    /// The next `count` octets.
    public func nextBytes(_ count: Int) throws(WireError) -> [UInt8]? {
        try buffer.takeBytes(count)
    }

    /// Everything up to and including what `search` finds.
    public func nextBytes(
        until search: (UnsafeRawBufferPointer) -> Int?
    ) throws(WireError) -> [UInt8]? {
        try buffer.takeBytes(until: search)
    }

    /// Forgets what was received.
    public func dropInput() {
        buffer.removeAll()
    }

    /// Always fails: this protocol has no verbs.
    public func begin(_ call: VerbCall, isEncrypted: Bool) throws(WireError) -> VerbStep {
        throw WireError(.verb, "a raw connection has no verbs; use `send` and `receive`")
    }

    /// Nothing runs that could be resumed.
    public func resume(_ reply: Reply) -> VerbStep { .done(reply) }

    /// Does nothing: there is no greeting.
    public func greeted(_ reply: Reply) {}

    /// Does nothing.
    public func received(_ reply: Reply) {}

    /// Does nothing.
    public func sentRaw(_ bytes: [UInt8]) {}

    /// Does nothing: there is nothing to forget.
    public func upgraded() {}

    /// Always fails: this protocol has no verbs.
    public func beginPipeline(
        _ calls: [VerbCall],
        forced: Bool,
        isEncrypted: Bool
    ) throws(WireError) -> Outgoing {
        throw WireError(.verb, "a raw connection has no verbs; use `send` and `receive`")
    }

    /// Nothing runs that could be resumed.
    @discardableResult
    public func resumePipelined(_ reply: Reply, at index: Int) -> VerbStep { .done(reply) }

    /// There is no polite way to end a raw connection.
    public func farewell() -> [UInt8]? { nil }
}
