/// Cuts a stream into messages: `Content-Length: N`, an empty line, and N octets.
///
/// What is no header is passed over up to the next empty line, and reported once; a message that is
/// too large is passed over without being kept.
struct MessageFramer {
    /// What a stream holds.
    enum Item: Hashable {
        /// A message's octets.
        case message([UInt8])
        /// Octets that are no message; what is wrong with them.
        case junk(String)
    }

    /// The most octets that one message may have.
    static let maximumMessage = 64 << 20
    /// The most octets that the lines before a message may have.
    static let maximumHeader = 8192

    private var held: [UInt8] = []
    private var start = 0
    /// How many octets of a message that is too large are still to come.
    private var skipped = 0
    /// Whether the empty line is looked for that ends what is no header.
    private var isLost = false

    /// Takes octets as they come.
    mutating func append(_ bytes: some Sequence<UInt8>) {
        held.append(contentsOf: bytes)
    }

    /// The next item, if all of it is there.
    mutating func next() -> Item? {
        while true {
            guard passOver() else { return nil }
            guard let end = endOfHeader() else {
                guard held.count - start > Self.maximumHeader + 3 else { return nil }
                // No empty line begins in these; what follows them may be sound.
                start += Self.maximumHeader
                compact()
                guard isLost else {
                    isLost = true
                    return .junk("a header is too long")
                }
                continue
            }
            let wasLost = isLost
            isLost = false
            guard let length = Self.length(in: held[start..<end]) else {
                start = end + 4
                guard wasLost else { return .junk("a header names no length") }
                continue
            }
            guard length <= Self.maximumMessage else {
                start = end + 4
                skipped = length
                return .junk("a message is larger than \(Self.maximumMessage >> 20) MiB")
            }
            guard held.count - end - 4 >= length else {
                isLost = wasLost
                return nil
            }
            let message = Array(held[end + 4..<end + 4 + length])
            start = end + 4 + length
            compact()
            return .message(message)
        }
    }

    /// Passes over what is left of a message that is too large; whether all of it is there.
    private mutating func passOver() -> Bool {
        let count = min(skipped, held.count - start)
        start += count
        skipped -= count
        compact()
        return skipped == 0
    }

    /// Where the empty line begins, its CR LF before it included.
    private func endOfHeader() -> Int? {
        var index = start
        let limit = min(held.count, start + Self.maximumHeader + 4)
        while index + 3 < limit {
            if held[index] == 0x0D, held[index + 1] == 0x0A, held[index + 2] == 0x0D,
                held[index + 3] == 0x0A
            {
                return index
            }
            index += 1
        }
        return nil
    }

    /// The length that the lines name, whatever stands before it: so a stream finds back.
    private static func length(in lines: ArraySlice<UInt8>) -> Int? {
        let name = Array("content-length:".utf8)
        var found: Int?
        var index = lines.startIndex
        while index + name.count <= lines.endIndex {
            let isName = name.indices.allSatisfy { offset in
                let byte = lines[index + offset]
                return ((0x41...0x5A).contains(byte) ? byte + 0x20 : byte) == name[offset]
            }
            guard isName else {
                index += 1
                continue
            }
            let text = lines[(index + name.count)...].drop { $0 == 0x20 || $0 == 0x09 }
            let digits = text.prefix { (0x30...0x39).contains($0) }
            found =
                (1...12).contains(digits.count) ? Int(String(decoding: digits, as: UTF8.self)) : nil
            index += name.count
        }
        return found
    }

    private mutating func compact() {
        guard start > 1 << 16 || start == held.count else { return }
        held.removeSubrange(..<start)
        start = 0
    }
}
