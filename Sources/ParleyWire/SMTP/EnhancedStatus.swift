/// An enhanced mail system status code, RFC 3463: `5.1.1`.
public struct EnhancedStatus: Hashable, Sendable, CustomStringConvertible {
    /// 2, 4 or 5.
    public let severity: Int

    /// What it is about: 1 is the address, 2 the mailbox, 7 security and policy; 0...999.
    public let subject: Int

    /// The particular condition, 0...999.
    public let detail: Int

    /// A status code; out of range, `nil`.
    public init?(_ severity: Int, _ subject: Int, _ detail: Int) {
        guard [2, 4, 5].contains(severity), 0...999 ~= subject, 0...999 ~= detail else {
            return nil
        }
        self.severity = severity
        self.subject = subject
        self.detail = detail
    }

    /// The status code that `text` consists of.
    public init?(_ text: String) {
        let status = Array(text.utf8).withUnsafeBytes { Self.read($0) }
        guard let status, status.length == text.utf8.count else { return nil }
        self = status.value
    }

    /// `5.1.1`
    public var description: String { "\(severity).\(subject).\(detail)" }

    /// The status code at the beginning of a reply's text, if one stands there by itself.
    static func leading(_ text: UnsafeRawBufferPointer) -> EnhancedStatus? {
        guard let (value, length) = read(text) else { return nil }
        guard length == text.count || text[length] == 0x20 || text[length] == 0x09 else {
            return nil
        }
        return value
    }

    private static func read(
        _ text: UnsafeRawBufferPointer
    ) -> (value: EnhancedStatus, length: Int)? {
        var at = 0
        func number() -> Int? {
            let start = at
            var value = 0
            while at < text.count, at < start + 3, 0x30...0x39 ~= text[at] {
                value = value * 10 + Int(text[at] - 0x30)
                at += 1
            }
            return at > start ? value : nil
        }
        func dot() -> Bool {
            guard at < text.count, text[at] == 0x2E else { return false }
            at += 1
            return true
        }
        guard let severity = number(), at == 1, dot(), let subject = number(), dot(),
            let detail = number(),
            let status = EnhancedStatus(severity, subject, detail)
        else { return nil }
        return (status, at)
    }
}
