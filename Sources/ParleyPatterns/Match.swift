/// Where a pattern matched.
public struct Match: Hashable, Sendable {
    /// The octets of each group, by number; group 0 is the whole match. `nil` for a group that took
    /// no part.
    public let groups: [Range<Int>?]

    /// The octets of the whole match.
    public let range: Range<Int>

    /// The octets of a group, or `nil` if the pattern has no such group or it took no part.
    public func group(_ number: Int) -> Range<Int>? {
        groups.indices.contains(number) ? groups[number] : nil
    }
}

/// What a search in text that is still growing came to.
public enum GrowingMatch: Hashable, Sendable {
    /// The pattern matches.
    case found(Match)

    /// Nothing yet. A match can begin at this octet at the earliest, so the next search, with more
    /// text behind the same, starts there.
    case notYet(resumeAt: Int)
}
