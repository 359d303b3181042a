public import ParleyVerbs

/// Where the word of a reply stands among its responses; RFC 9051 §7.1.
///
/// ```
/// S: * 172 EXISTS
/// S: A3 OK [READ-WRITE] SELECT completed
/// ```
public struct StatusResponse: Hashable, Sendable {
    /// The word: `OK`.
    public let word: StatusWord

    /// Where each response begins in ``Reply/raw``; the last one has the word.
    let starts: [Int]

    /// Where the text behind the word begins in ``Reply/raw``.
    let textStart: Int
}

extension Reply {
    /// The text behind the word, response code included: `[READ-WRITE] SELECT completed`; `nil`
    /// where the protocol answers in codes. The peer's octets: hostile.
    public var statusText: String? {
        guard let status, status.textStart <= raw.count else { return nil }
        return String(decoding: Self.withoutLineEnd(raw[status.textStart...]), as: UTF8.self)
    }

    /// What the brackets before the text hold, RFC 9051 §7.1: `READ-WRITE`, `UIDNEXT 4392`.
    public var responseCode: String? {
        guard let text = statusText, text.utf8.first == 0x5B,
            let end = text.utf8.firstIndex(of: 0x5D)
        else { return nil }
        return String(text[text.utf8.index(after: text.startIndex)..<end])
    }

    /// Whether the response code's first word is `name`, whatever the case.
    public func hasResponseCode(_ name: String) -> Bool {
        guard let code = responseCode else { return false }
        return code.prefix { $0 != " " }.utf8.isWord(name)
    }

    /// Whether the server asks for the answer to a challenge, or for the rest of a command: 334
    /// of RFC 4954, `+` of RFC 9051.
    public var isChallenge: Bool { code == 334 || status?.word == .continuation }

    /// Whether it turns something down: 4xx, 5xx, NO, BAD, BYE.
    public var isRefusal: Bool { code >= 400 || status?.word.isRefusal == true }

    /// Whether trying again is in vain: 5xx, BAD.
    public var isPermanent: Bool { code >= 500 || status?.word == .bad }

    /// Whether the server says with it that it closes the session: 421, BYE.
    public var isFarewell: Bool { code == 421 || status?.word == .bye }

    /// The code or the word: `550`, `NO`.
    public var verdict: String { status?.word.rawValue ?? "\(code)" }

    /// Hands out each response without its `*`, at last the text behind the word.
    func forEachResponse(_ body: (UnsafeRawBufferPointer) -> Void) {
        guard let status else { return }
        for (index, start) in status.starts.enumerated() {
            let isLast = index == status.starts.count - 1
            let end = isLast ? raw.count : status.starts[index + 1]
            // An untagged response begins with `* `.
            let first = isLast ? status.textStart : start + 2
            guard first <= end else { continue }
            Self.withoutLineEnd(raw[first..<end]).withUnsafeBytes(body)
        }
    }

    private static func withoutLineEnd(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard line.last == 0x0A else { return line }
        let line = line.dropLast()
        return line.last == 0x0D ? line.dropLast() : line
    }
}
