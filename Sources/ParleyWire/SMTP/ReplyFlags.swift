/// What is odd about a reply that was understood all the same.
public struct ReplyFlags: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// Flags from bits.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// A line ended with LF alone.
    public static let bareLF = ReplyFlags(rawValue: 1)
    /// A CR stands within a line.
    public static let bareCR = ReplyFlags(rawValue: 2)
    /// A tab stands where the space behind the code belongs.
    public static let tab = ReplyFlags(rawValue: 4)
    /// A line ends right behind the code, without even a space. RFC 5321 §4.2 allows it.
    public static let noText = ReplyFlags(rawValue: 8)
    /// The text holds control characters: NUL, ESC and the like.
    public static let controls = ReplyFlags(rawValue: 16)
    /// The text holds octets beyond ASCII.
    public static let eightBit = ReplyFlags(rawValue: 32)

    /// The flags that are set, by name, for reports: `bare-lf`.
    public var names: [String] {
        let all: [(ReplyFlags, String)] = [
            (.bareLF, "bare-lf"), (.bareCR, "bare-cr"), (.tab, "tab"), (.noText, "no-text"),
            (.controls, "controls"), (.eightBit, "eight-bit"),
        ]
        return all.filter { contains($0.0) }.map(\.1)
    }
}
