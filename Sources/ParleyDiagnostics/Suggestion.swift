/// "Did you mean": the candidate nearest to what was written.
public enum Suggestion {
    /// What is longer was no slip of the hand.
    private static let longest = 64

    /// The nearest candidate within a third of the word's length (at least one edit); `nil` if
    /// none.
    ///
    /// Transposed neighbours count as one edit (Damerau, optimal string alignment). Any short word
    /// is one letter from many others, so up to three letters only a transposition, a letter that
    /// is missing and a letter twice are slips; and two edits keep the first letter.
    public static func nearest(to word: String, among candidates: some Sequence<String>) -> String?
    {
        guard word.utf8.count <= longest else { return nil }
        let target = Array(word.utf8.map(lowercase))
        let limit = max(1, target.count / 3)
        var best: (candidate: String, distance: Int)?
        for candidate in candidates where candidate != word {
            let other = Array(candidate.utf8.map(lowercase))
            guard abs(other.count - target.count) <= limit else { continue }
            let distance = distance(target, other)
            guard distance <= limit, distance < best?.distance ?? .max,
                isSlip(target, other, distance)
            else { continue }
            best = (candidate, distance)
        }
        return best?.candidate
    }

    /// Whether a hand that meant `right` may have typed `left`.
    private static func isSlip(_ left: [UInt8], _ right: [UInt8], _ distance: Int) -> Bool {
        guard distance > 0 else { return true }
        if min(left.count, right.count) > 3 {
            return distance == 1 || left.first == right.first
                || left.prefix(2) == ArraySlice(right.prefix(2).reversed())
        }
        switch left.count - right.count {
        case 0: return left.sorted() == right.sorted()
        case -1: return left.first == right.first
        default:
            // A letter twice, where it belongs once.
            return left.indices.dropFirst().contains { index in
                left[index] == left[index - 1]
                    && left[..<index] + left[(index + 1)...] == right[...]
            }
        }
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte
    }

    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for (row, byte) in left.enumerated() {
            var current = [row + 1]
            current.reserveCapacity(right.count + 1)
            for (column, other) in right.enumerated() {
                var cost = min(
                    previous[column] + (byte == other ? 0 : 1),
                    previous[column + 1] + 1,
                    current[column] + 1
                )
                if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
