/// What the value of a parameter must be.
public enum ParameterValue: Hashable, Sendable {
    /// There is none.
    case none
    /// A number of octets, at most 20 digits (RFC 1870 §5); scripts may write `10MB`.
    case octets
    /// Whole seconds from 1; scripts may write `1h`.
    case seconds(limit: Int)
    /// A whole number; a sign may stand before it.
    case number(ClosedRange<Int>)
    /// One of a fixed set of words.
    case keyword([String])
    /// `exclusive` alone, or a list of other words, each once.
    case keywords([String], exclusive: String)
    /// xtext (RFC 3461 §4) of at most so many characters.
    case xtext(limit: Int)
    /// An address type, a semicolon, and the address as xtext (RFC 3461 §4.2).
    case originalRecipient
    /// Seconds with a sign, a mode and perhaps the wish for a trace: `120;RT` (RFC 2852 §4).
    case deliverBy
    /// A date and time of RFC 3339.
    case dateTime
    /// A host's name as xtext, or one of `states`.
    case host(states: [String])
    /// An IPv4 address or `IPV6:` with an IPv6 address, or one of `states`.
    case ip(states: [String])
    /// A port from 1 to 65535, or one of `states`.
    case port(states: [String])

    /// What stands behind the `=`, for people.
    public var usage: String {
        switch self {
        case .none: ""
        case .octets: "OCTETS"
        case .seconds: "SECONDS"
        case .number(let range): "\(range.lowerBound)…\(range.upperBound)"
        case .keyword(let words): words.joined(separator: "|")
        case .keywords(let words, let exclusive):
            "\(exclusive)|\(words.joined(separator: ","))"
        case .xtext: "XTEXT"
        case .originalRecipient: "rfc822;ADDRESS"
        case .deliverBy: "SECONDS;N|R[T]"
        case .dateTime: "2030-01-31T12:00:00Z"
        case .host(let states): (["HOST"] + states).joined(separator: "|")
        case .ip(let states): (["ADDRESS", "IPV6:ADDRESS"] + states).joined(separator: "|")
        case .port(let states): (["PORT"] + states).joined(separator: "|")
        }
    }

    /// What is wrong with a value that is there; `nil` if nothing is.
    func problem(with value: String) -> ParameterProblem? {
        switch self {
        case .none: nil
        case .octets:
            (1...20).contains(value.utf8.count) && value.utf8.allSatisfy { 0x30...0x39 ~= $0 }
                ? nil : ParameterProblem("‘\(value)’ is no number of octets")
        case .seconds(let limit):
            value.utf8.decimalNumber(digits: 18).map { (1...limit).contains($0) } == true
                ? nil : ParameterProblem("‘\(value)’ is no number of seconds from 1 to \(limit)")
        case .number(let range):
            Int(value).map { range.contains($0) && value != "-0" && value.first != "+" } == true
                ? nil
                : ParameterProblem(
                    "‘\(value)’ is no number from \(range.lowerBound) to \(range.upperBound)"
                )
        case .keyword(let words): ParameterValue.problem(word: value, words)
        case .keywords(let words, let exclusive):
            ParameterValue.problem(list: value, words, exclusive)
        case .xtext(let limit): ParameterValue.problem(xtext: value, limit: limit)
        case .originalRecipient: ParameterValue.problem(originalRecipient: value)
        case .deliverBy: ParameterValue.problem(deliverBy: value)
        case .dateTime:
            DateText.seconds(value) != nil
                ? nil : ParameterProblem("‘\(value)’ is no date and time of RFC 3339")
        case .host(let states):
            states.contains(value) ? nil : ParameterValue.problem(xtext: value, limit: 255)
        case .ip(let states): ParameterValue.problem(ip: value, states)
        case .port(let states):
            states.contains(value)
                || value.utf8.decimalNumber(digits: 5).map { (1...65535).contains($0) } == true
                ? nil
                : ParameterProblem(
                    "‘\(value)’ is no port from 1 to 65535",
                    wrong: value,
                    allowed: states
                )
        }
    }
}
