/// What one line of a reply says.
struct ReplyLine {
    let code: Int
    let enhanced: EnhancedStatus?
    let flags: ReplyFlags
    let isLast: Bool

    /// Reads a line that ends with LF; `nil` if it is no line of a reply.
    init?(_ line: UnsafeRawBufferPointer) {
        var flags: ReplyFlags = []
        var end = line.count - 1
        if end > 0, line[end - 1] == 0x0D {
            end -= 1
        } else {
            flags.insert(.bareLF)
        }
        guard end >= 3, 0x31...0x35 ~= line[0], 0x30...0x39 ~= line[1], 0x30...0x39 ~= line[2]
        else { return nil }
        code = Int(line[0] - 0x30) * 100 + Int(line[1] - 0x30) * 10 + Int(line[2] - 0x30)

        guard end > 3 else {
            flags.insert(.noText)
            self.flags = flags
            enhanced = nil
            isLast = true
            return
        }
        switch line[3] {
        case 0x20:
            isLast = true
        case 0x09:
            flags.insert(.tab)
            isLast = true
        case 0x2D:
            isLast = false
        default:
            return nil
        }
        let text = UnsafeRawBufferPointer(rebasing: line[4..<end])
        for byte in text where byte < 0x20 || byte >= 0x7F {
            switch byte {
            case 0x09: break
            case 0x0D: flags.insert(.bareCR)
            case 0x80...: flags.insert(.eightBit)
            default: flags.insert(.controls)
            }
        }
        let status = EnhancedStatus.leading(text)
        enhanced = status?.severity == code / 100 ? status : nil
        self.flags = flags
    }
}
