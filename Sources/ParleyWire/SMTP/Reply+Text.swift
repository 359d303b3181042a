extension Reply {
    /// The text of each line, without code, separator and line end; an enhanced code is part of it.
    /// Where the protocol answers in words, each response is a line: the untagged ones without
    /// their `*`, at last what stands behind the word; its response code is part of it.
    /// Octets that are not UTF-8 become U+FFFD.
    public var lines: [String] {
        var lines: [String] = []
        lines.reserveCapacity(lineCount)
        forEachText { lines.append(String(decoding: $0, as: UTF8.self)) }
        return lines
    }

    /// ``lines``, joined by LF.
    public var text: String { String(decoding: textBytes, as: UTF8.self) }

    /// The text of all lines as it came, joined by LF: what patterns match.
    public var textBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(raw.count)
        var isFirst = true
        forEachText { text in
            if !isFirst { bytes.append(0x0A) }
            isFirst = false
            bytes.append(contentsOf: text)
        }
        return bytes
    }

    /// The lines as they came, code and separator included, without line ends: what a transcript
    /// shows.
    public var wireLines: [String] {
        var lines: [String] = []
        lines.reserveCapacity(lineCount)
        forEachLine { lines.append(String(decoding: $0, as: UTF8.self)) }
        return lines
    }

    /// Hands out the text of each line without copying it.
    public func forEachText(_ body: (UnsafeRawBufferPointer) -> Void) {
        guard status == nil else { return forEachResponse(body) }
        forEachLine { line in
            body(UnsafeRawBufferPointer(rebasing: line.dropFirst(4)))
        }
    }

    /// Hands out each line without its line end.
    func forEachLine(_ body: (UnsafeRawBufferPointer) -> Void) {
        raw.withUnsafeBytes { bytes in
            var start = 0
            while let feed = bytes.lineFeed(from: start) {
                let end = feed > start && bytes[feed - 1] == 0x0D ? feed - 1 : feed
                body(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
                start = feed + 1
            }
        }
    }
}
