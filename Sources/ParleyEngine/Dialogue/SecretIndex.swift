/// Spellings of secrets by their first octet, so that many are found in one pass.
///
/// A spelling is found although white space, a line end or the prefix of a reply's next line
/// (`250-`) stands within it: servers fold what they echo.
struct SecretIndex: Sendable {
    /// Spellings under this length are found unfolded, or folded at a line end: with single spaces
    /// between them their letters stand everywhere.
    private static let foldedLength = 8

    private var buckets: [[[UInt8]]] = Array(repeating: [], count: 256)
    /// How many secrets share a spelling.
    private var uses: [[UInt8]: Int] = [:]
    /// The longest spelling that was ever here.
    private var longest = 0

    var isEmpty: Bool { uses.isEmpty }

    mutating func insert(_ form: [UInt8]) {
        guard let first = form.first else { return }
        uses[form, default: 0] += 1
        guard uses[form] == 1 else { return }
        longest = max(longest, form.count)
        var bucket = buckets[Int(first)]
        // Longest first, so that of two at one place the longer one is found.
        let at = bucket.firstIndex { $0.count < form.count } ?? bucket.count
        bucket.insert(form, at: at)
        buckets[Int(first)] = bucket
    }

    mutating func remove(_ form: [UInt8]) {
        guard let first = form.first, let count = uses[form] else { return }
        guard count == 1 else {
            uses[form] = count - 1
            return
        }
        uses[form] = nil
        buckets[Int(first)].removeAll { $0 == form }
    }

    /// Where spellings stand, by their beginnings; they may overlap.
    func ranges(in octets: [UInt8]) -> [Range<Int>] {
        guard !isEmpty else { return [] }
        var found: [Range<Int>] = []
        for (at, octet) in octets.enumerated() {
            for form in buckets[Int(octet)] {
                guard let end = Self.end(of: form, in: octets, at: at) else { continue }
                found.append(at..<end)
                break
            }
        }
        return found
    }

    /// How many octets before `end` are the beginning of a spelling, if they are enough to tell.
    func cut(at end: Int, of octets: [UInt8]) -> Int {
        var at = max(0, end - longest + 1)
        while at + 4 <= end {
            for form in buckets[Int(octets[at])] where form.count > end - at {
                if octets[at..<end].elementsEqual(form.prefix(end - at)) { return end - at }
            }
            at += 1
        }
        return 0
    }

    /// How many octets at the beginning are the end of a spelling, if they are enough to tell.
    func overlap(before octets: [UInt8]) -> Int {
        var most = 0
        for form in uses.keys {
            var length = min(form.count - 1, octets.count)
            while length >= max(4, most + 1) {
                if octets.prefix(length).elementsEqual(form.suffix(length)) { most = length }
                length -= 1
            }
        }
        return most
    }

    /// Where the spelling that begins at `start` ends, folded or not.
    private static func end(of form: [UInt8], in octets: [UInt8], at start: Int) -> Int? {
        var at = start
        var index = 0
        // Enough for a fold behind every octet, and no more: the peer chooses the octets.
        var patience = 6 * form.count
        while index < form.count {
            guard at < octets.count else { return nil }
            if octets[at] == form[index] {
                at += 1
                index += 1
                continue
            }
            let (next, hasLineEnd) = fold(in: octets, at: at)
            guard next > at, hasLineEnd || form.count >= foldedLength else { return nil }
            patience -= next - at
            guard patience >= 0 else { return nil }
            at = next
            // A space of the secret may be part of the fold.
            while index < form.count, isSpace(form[index]) { index += 1 }
        }
        return at
    }

    /// Where the white space at `start` ends, written out or escaped, the prefix of a reply's next
    /// line included.
    private static func fold(in octets: [UInt8], at start: Int) -> (end: Int, hasLineEnd: Bool) {
        var at = start
        var hasLineEnd = false
        while at < octets.count {
            if isSpace(octets[at]) {
                hasLineEnd = hasLineEnd || octets[at] == 0x0A
                at += 1
            } else if octets[at] == 0x5C, at + 1 < octets.count,
                [0x6E, 0x72, 0x74].contains(octets[at + 1])
            {
                hasLineEnd = hasLineEnd || octets[at + 1] == 0x6E
                at += 2
            } else if octets[at] == 0x2F, at > start, octets[at - 1] == 0x20,
                at + 1 < octets.count, octets[at + 1] == 0x20
            {
                // Messages show the lines of a reply so: `one / two`.
                hasLineEnd = true
                at += 1
            } else if hasLineEnd, at + 4 <= octets.count,
                octets[at..<at + 3].allSatisfy({ 0x30...0x39 ~= $0 }),
                octets[at + 3] == 0x2D || octets[at + 3] == 0x20
            {
                return (at + 4, true)
            } else {
                break
            }
        }
        return (at, hasLineEnd)
    }

    private static func isSpace(_ octet: UInt8) -> Bool {
        octet == 0x20 || octet == 0x09 || octet == 0x0A || octet == 0x0D
    }
}
