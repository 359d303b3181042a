internal import ParleyVerbs

/// A `BDAT` command and the octets that came with it (RFC 3030 section 2).
///
/// ```
/// C: BDAT 86 LAST
/// C: 86 octets
/// S: 250 2.0.0 86 octets received
/// ```
public struct SMTPServerChunk: Hashable, Sendable {
    /// The command line.
    public let command: SMTPCommand

    /// How many octets it announced.
    public let size: Int

    /// Whether the message ends with it.
    public let isLast: Bool

    /// The octets that are kept.
    public internal(set) var bytes: [UInt8] = []

    /// A chunk that a command announces; `nil` for another verb, or one whose size is none.
    init?(_ command: SMTPCommand) {
        guard command.verb == "bdat" else { return nil }
        let words = command.argument.utf8.split(separator: 0x20)
        guard (1...2).contains(words.count), let size = words[0].decimalNumber(digits: 18),
            words.dropFirst().allSatisfy({ $0.isWord("LAST") })
        else { return nil }
        self.command = command
        self.size = size
        isLast = words.count == 2
    }
}
