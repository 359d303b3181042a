/// Takes a message's octets up to the final dot, and the stuffed dots out of them (RFC 5321
/// §4.5.2).
struct BodyReader: Sendable {
    /// The octets that are kept.
    private(set) var bytes: [UInt8] = []

    /// How many octets there were.
    private(set) var size = 0

    private let limit: Int

    /// Whether the octets so far end with CRLF; the one behind DATA counts.
    private var isAtLineStart = true

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes what it can, and tells how much that was and whether the final dot came.
    ///
    /// What it leaves are at most two octets whose meaning depends on the next.
    mutating func read(_ input: UnsafeRawBufferPointer) -> (used: Int, isWhole: Bool) {
        var at = 0
        while at < input.count {
            if isAtLineStart, input[at] == 0x2E {
                guard at + 1 < input.count else { return (at, false) }
                if input[at + 1] == 0x0D {
                    guard at + 2 < input.count else { return (at, false) }
                    if input[at + 2] == 0x0A { return (at + 3, true) }
                }
                at += 1
            }
            var end = at
            isAtLineStart = false
            while let feed = input.lineFeed(from: end) {
                end = feed + 1
                isAtLineStart = feed > at && input[feed - 1] == 0x0D
                if isAtLineStart { break }
            }
            if !isAtLineStart { end = input.count }
            // A CR at the very end waits for its LF.
            if !isAtLineStart, input[end - 1] == 0x0D { end -= 1 }
            guard end > at else { return (at, false) }
            keep(UnsafeRawBufferPointer(rebasing: input[at..<end]))
            at = end
        }
        return (at, false)
    }

    private mutating func keep(_ input: UnsafeRawBufferPointer) {
        size += input.count
        let room = limit - bytes.count
        guard room > 0 else { return }
        bytes.append(contentsOf: input.prefix(room))
    }
}
