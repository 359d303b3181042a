/// How a message's content goes out behind the 354 to DATA, RFC 5321 §4.5.2; and how a test breaks
/// those rules on purpose.
public struct DataFraming: Hashable, Sendable {
    /// What the lines of the content end with.
    public enum LineEnd: String, Hashable, Sendable, CaseIterable {
        /// CRLF, the only line end of SMTP.
        case crlf
        /// A line feed alone.
        case lf
        /// A carriage return alone.
        case cr

        /// The octets.
        public var octets: [UInt8] {
            switch self {
            case .crlf: [0x0D, 0x0A]
            case .lf: [0x0A]
            case .cr: [0x0D]
            }
        }
    }

    /// The line ends inside the content.
    public var lineEnd = LineEnd.crlf

    /// Whether a dot at the beginning of a line is doubled.
    public var isStuffed = true

    /// Whether the end of the content is told at all.
    public var isFinished = true

    /// As RFC 5321 has it.
    public init() {}

    /// The octets that go out for `content`, whose lines end in LF or CRLF.
    ///
    /// - Parameter ending: what goes out in the place of CRLF `.` CRLF.
    public func octets(_ content: [UInt8], ending: [UInt8]? = nil) -> [UInt8] {
        var framed: [UInt8] = []
        framed.reserveCapacity(content.count + content.count / 32 + 8)
        let end = lineEnd.octets
        var isLineStart = true
        for byte in content {
            if byte == 0x0A {
                if framed.last == 0x0D, !isLineStart { framed.removeLast() }
                framed += end
                isLineStart = true
                continue
            }
            if isLineStart, isStuffed, byte == 0x2E { framed.append(byte) }
            framed.append(byte)
            isLineStart = false
        }
        guard isFinished else { return framed }
        // The end of the last line belongs to the sequence that ends the content.
        if isLineStart, !content.isEmpty { framed.removeLast(end.count) }
        if let ending { return framed + ending }
        return framed + (content.isEmpty ? [] : [0x0D, 0x0A]) + [0x2E, 0x0D, 0x0A]
    }
}
