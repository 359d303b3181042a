internal import ParleyVerbs

extension SMTPEncoding {
    /// The octets that a chunk of generated lines may have.
    static let generatedLimit = 64 << 20

    /// Appends a chunk with its command, RFC 3030 §2:
    ///
    /// ```
    /// C: BDAT 7 LAST
    /// C: hello
    /// ```
    mutating func appendChunk(_ call: VerbCall) throws(WireError) {
        var content: [UInt8] = []
        var isSecret = false
        if let size = call.clauses["size"] {
            guard let count = Int(String(decoding: size.bytes, as: UTF8.self)),
                (0...Self.generatedLimit).contains(count)
            else {
                throw WireError(
                    .verb,
                    "BDAT: a generated chunk has from 0 to \(Self.generatedLimit) octets"
                )
            }
            content = Self.generated(count)
        } else if let argument = call.arguments.first {
            isSecret = argument.isSecret
            content =
                call.clauses["raw"] == nil ? Self.normalised(argument.bytes) : argument.bytes
        }
        bytes.append(contentsOf: Array(" \(content.count)".utf8))
        if call.clauses["last"] != nil { bytes.append(contentsOf: Array(" LAST".utf8)) }
        endLine()
        let start = bytes.count
        bytes.append(contentsOf: content)
        if isSecret, bytes.count > start { secretRanges.append(start..<bytes.count) }
    }

    /// The text with CRLF at the end of each line, whatever ended it.
    static func normalised(_ text: [UInt8]) -> [UInt8] {
        var lines: [UInt8] = []
        lines.reserveCapacity(text.count + text.count / 32)
        var previous: UInt8 = 0
        for byte in text {
            switch byte {
            case 0x0D:
                lines.append(0x0D)
                lines.append(0x0A)
            case 0x0A:
                if previous != 0x0D {
                    lines.append(0x0D)
                    lines.append(0x0A)
                }
            default: lines.append(byte)
            }
            previous = byte
        }
        return lines
    }

    /// So many octets of lines of 78 characters; the last line is as long as is left.
    static func generated(_ count: Int) -> [UInt8] {
        var content: [UInt8] = []
        content.reserveCapacity(count)
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
        var position = 0
        while content.count < count {
            let left = count - content.count
            // A single octet that is left cannot be a line end.
            let line = left >= 80 ? 78 : max(left - 2, min(left, 1))
            for _ in 0..<line {
                content.append(letters[position % letters.count])
                position += 1
            }
            if left - line >= 2 { content.append(contentsOf: [0x0D, 0x0A]) }
        }
        return content
    }
}
