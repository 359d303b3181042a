/// Octets that were received and not yet taken, in a bounded amount.
///
/// Looking for a line end never starts over, so that a peer that sends single octets costs no more
/// than one that sends all at once.
public struct RawBuffer: Sendable {
    /// How many octets are kept; what exceeds it is dropped, and the next take fails.
    public let capacity: Int

    private(set) var storage: [UInt8] = []
    private(set) var head = 0
    private(set) var isOverfull = false

    /// How far the search for a line end has looked, from `head`.
    private var searched = 0

    /// An empty buffer.
    public init(capacity: Int = WireLimits().buffer) {
        self.capacity = capacity
    }

    /// The octets that were not yet taken.
    public var count: Int { storage.count - head }

    /// Keeps octets that arrived.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        let room = capacity - count
        if bytes.count <= room {
            storage.append(contentsOf: bytes)
        } else {
            isOverfull = true
            storage.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes.prefix(max(room, 0))))
        }
    }

    /// The first octets, at most `count` of them.
    public func prefix(_ count: Int) -> [UInt8] {
        Array(storage[head..<min(storage.count, head + max(count, 0))])
    }

    /// The first 512 octets of a part, for reports.
    func beginning(of range: Range<Int>) -> [UInt8] {
        withBytes { Array($0[range].prefix(512)) }
    }

    /// Forgets everything.
    public mutating func removeAll() {
        consume(count)
        isOverfull = false
    }

    /// Takes the next line, or returns `nil` until it is whole.
    ///
    /// - Throws: `limit.line` if a line with its end exceeds `limit` octets.
    public mutating func takeLine(limit: Int) throws(WireError) -> RawLine? {
        guard let end = lineFeed(from: searched) else {
            searched = count
            guard count <= limit else { throw tooLong(limit) }
            try throwIfOverfull()
            return nil
        }
        guard end < limit else { throw tooLong(limit) }
        let isBareLF = end == 0 || storage[head + end - 1] != 0x0D
        let line = RawLine(bytes: prefix(isBareLF ? end : end - 1), isBareLF: isBareLF)
        consume(end + 1)
        return line
    }

    /// Takes the next `count` octets, or returns `nil` until they are there.
    ///
    /// - Throws: `limit.memory` if that is more than the buffer may hold.
    public mutating func takeBytes(_ count: Int) throws(WireError) -> [UInt8]? {
        guard count <= capacity else {
            throw WireError(.memory, "\(count) octets are more than the \(capacity) that are kept")
        }
        guard self.count >= count else {
            try throwIfOverfull()
            return nil
        }
        let bytes = prefix(count)
        consume(bytes.count)
        return bytes
    }

    /// Takes everything up to the octet that `search` returns, or returns `nil` until it finds one.
    ///
    /// `search` gets all octets; to remember how far it looked is its own affair.
    public mutating func takeBytes(
        until search: (UnsafeRawBufferPointer) -> Int?
    ) throws(WireError) -> [UInt8]? {
        guard let end = withBytes(search) else {
            try throwIfOverfull()
            return nil
        }
        let bytes = prefix(end)
        consume(bytes.count)
        return bytes
    }

    // MARK: - For the codecs

    func withBytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        storage.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[head...])) }
    }

    func lineFeed(from start: Int) -> Int? {
        withBytes { $0.lineFeed(from: start) }
    }

    func throwIfOverfull() throws(WireError) {
        guard isOverfull else { return }
        throw WireError(.memory, "more than \(capacity) octets arrived unread", bytes: prefix(512))
    }

    mutating func consume(_ count: Int) {
        head += count
        searched = 0
        if head == storage.count {
            // A buffer that was large once must not stay so for the rest of a quiet session.
            storage.removeAll(keepingCapacity: storage.capacity <= 4096)
            head = 0
        } else if head > 4096, head > storage.count / 2 {
            storage.removeSubrange(..<head)
            head = 0
        }
    }

    private func tooLong(_ limit: Int) -> WireError {
        WireError(.line, "a line is longer than \(limit) octets", bytes: prefix(512))
    }
}
