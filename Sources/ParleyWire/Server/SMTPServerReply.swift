/// A reply that a scripted server gives.
public struct SMTPServerReply: Hashable, Sendable {
    /// The code of every line.
    public var code: Int

    /// The enhanced status code, put before the text of every line.
    public var enhanced: EnhancedStatus?

    /// The text of each line. A line feed within begins another line.
    public var lines: [String]

    /// A reply.
    public init(_ code: Int, _ enhanced: EnhancedStatus? = nil, _ lines: [String] = []) {
        self.code = code
        self.enhanced = enhanced
        self.lines = lines
    }

    /// The reply as octets:
    ///
    /// ```
    /// S: 250-mx.test
    /// S: 250 PIPELINING
    /// ```
    ///
    /// - Parameter ending: what ends each line; anything but CRLF is there to try a client.
    public func encoded(ending: [UInt8] = [0x0D, 0x0A]) -> [UInt8] {
        var texts = lines.flatMap { line in
            line.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
                .map { $0.filter { $0 != 0x0D } }
        }
        if texts.isEmpty { texts = [[]] }
        var bytes: [UInt8] = []
        for (index, text) in texts.enumerated() {
            let isLast = index == texts.count - 1
            bytes.append(contentsOf: String(code).utf8)
            let prefix = enhanced?.description ?? ""
            if !isLast || !prefix.isEmpty || !text.isEmpty {
                bytes.append(isLast ? 0x20 : 0x2D)
                bytes.append(contentsOf: prefix.utf8)
                if !prefix.isEmpty, !text.isEmpty { bytes.append(0x20) }
                bytes.append(contentsOf: text)
            }
            bytes.append(contentsOf: ending)
        }
        return bytes
    }
}
