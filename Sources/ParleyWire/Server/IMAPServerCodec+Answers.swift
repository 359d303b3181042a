public import ParleyVerbs

extension IMAPServerCodec {
    /// What octets of a server say of the command with this tag, or of a connection that it greets
    /// if there is none: the word of the first response that answers it, or that asks for more.
    public static func word(answering tag: [UInt8], in octets: [UInt8]) -> StatusWord? {
        var parser = IMAPParser(
            limits: WireLimits(line: octets.count, buffer: octets.count, literal: octets.count)
        )
        octets.withUnsafeBytes { parser.append($0) }
        while let response = try? parser.next() {
            switch response.kind {
            case .continuation: return .continuation
            case .tagged(tag): return response.word
            case .untagged where tag.isEmpty && response.word != nil: return response.word
            default: continue
            }
        }
        return nil
    }
}
