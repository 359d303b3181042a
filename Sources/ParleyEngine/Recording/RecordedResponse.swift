import ParleyDiagnostics
import ParleyVerbs
import ParleyWire

/// A response of IMAP in the words of a rule, where these make exactly its octets.
enum RecordedResponse {
    /// `OK [READ-ONLY] "text"`; the tag is that of whatever command it answers then.
    static func status(_ octets: [UInt8]) -> String? {
        guard let line = text(octets) else { return nil }
        let words = line.utf8.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count == 3, let word = StatusWord(spelled: words[1]) else { return nil }
        let isOfGreeting = words[0].elementsEqual("*".utf8)
        guard word != .continuation, isOfGreeting || word != .bye && word != .preauth else {
            return nil
        }
        let said = String(decoding: words[2], as: UTF8.self)
        let reply = IMAPServerReply(word, said)
        let tag = isOfGreeting ? [] : Array(words[0])
        guard reply.line(tag: tag).elementsEqual(line.utf8) else { return nil }
        // Codes with more than a word in them stay where they are, in the text.
        if said.first == "[", let end = said.firstIndex(of: "]") {
            let code = said[said.index(after: said.startIndex)..<end]
            let rest = said[said.index(after: end)...]
            if !code.isEmpty, code.utf8.allSatisfy(isPlain), rest.first == " " {
                return "\(word.rawValue) [\(code)] \(StringLiteral.quoted(rest.dropFirst().utf8))"
            }
        }
        return "\(word.rawValue) \(StringLiteral.quoted(said.utf8))"
    }

    /// `untagged "3 EXISTS"`
    static func untagged(_ octets: [UInt8]) -> String? {
        // A literal has line ends in it, and words have none.
        guard let line = text(octets), line.hasPrefix("* "),
            !line.utf8.contains(where: { $0 == 0x0D || $0 == 0x0A })
        else { return nil }
        return "untagged \(StringLiteral.quoted(line.utf8.dropFirst(2)))"
    }

    /// What ends with CRLF, without it; `nil` for what is no text that a reply may hold.
    private static func text(_ octets: [UInt8]) -> String? {
        guard octets.count >= 2, octets.suffix(2) == [0x0D, 0x0A], !octets.contains(0) else {
            return nil
        }
        return String(validating: octets.dropLast(2), as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x2D: true
        default: false
        }
    }
}
