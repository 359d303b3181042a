import ParleyMachine
import ParleyNetwork

/// What went over one session, as a ring: the newest entries stay, within a bound.
///
/// An entry shares the octets that were written or parsed, so that keeping it costs a reference.
/// Lines are cut, and secrets scrubbed, only when somebody wants to read them.
struct Transcript {
    /// How many entries and octets are kept.
    static let entryLimit = 64
    static let octetLimit = 64 * 1024

    private struct Entry {
        var time: Int64
        var speaker: Dialogue.Speaker
        var octets: [UInt8]
        var secretRanges: [Range<Int>]
        /// Whether it may begin and end in the middle of a line.
        var isPart: Bool

        /// Keeps the end of what alone would fill the ring.
        mutating func shorten(to limit: Int) {
            let excess = octets.count - limit
            guard excess > 0 else { return }
            octets = Array(octets[excess...])
            secretRanges = secretRanges.compactMap { range in
                guard range.upperBound > excess else { return nil }
                return max(0, range.lowerBound - excess)..<(range.upperBound - excess)
            }
            isPart = true
        }
    }

    private var entries: [Entry] = []
    private var first = 0
    private var octets = 0
    private(set) var dropped = 0

    /// Adds what was said at `time` nanoseconds of the session.
    mutating func append(
        _ speaker: Dialogue.Speaker,
        _ bytes: [UInt8],
        secrets: [Range<Int>] = [],
        isPart: Bool = false,
        at time: Int64
    ) {
        var entry = Entry(
            time: time,
            speaker: speaker,
            octets: bytes,
            secretRanges: secrets,
            isPart: isPart
        )
        entry.shorten(to: Self.octetLimit)
        entries.append(entry)
        octets += entry.octets.count
        while entries.count - first > Self.entryLimit
            || (octets > Self.octetLimit && entries.count - first > 1)
        {
            octets -= entries[first].octets.count
            entries[first].octets = []
            first += 1
            dropped += 1
        }
        if first > Self.entryLimit {
            entries.removeFirst(first)
            first = 0
        }
    }

    /// Adds a remark of our own: `TLS established`.
    mutating func note(_ text: String, at time: Int64) {
        append(.event, Array(text.utf8), at: time)
    }

    /// The lines, oldest first, with every secret scrubbed.
    func lines(scrubbedBy redactor: Redactor) -> [Dialogue.Line] {
        var lines: [Dialogue.Line] = []
        for entry in entries[first...] {
            let clean = redactor.scrub(
                entry.octets,
                secretRanges: entry.secretRanges,
                isPart: entry.isPart
            )
            var rest = clean[...]
            while let feed = rest.firstIndex(of: 0x0A) {
                lines.append(line(entry, rest[..<feed], isComplete: true))
                rest = rest[(feed + 1)...]
            }
            if !rest.isEmpty {
                lines.append(line(entry, rest, isComplete: entry.speaker == .event))
            }
        }
        return lines
    }

    private func line(
        _ entry: Entry,
        _ octets: ArraySlice<UInt8>,
        isComplete: Bool
    ) -> Dialogue.Line {
        let text = octets.last == 0x0D && isComplete ? octets.dropLast() : octets
        return Dialogue.Line(
            time: entry.time,
            speaker: entry.speaker,
            text: Array(text),
            isComplete: isComplete
        )
    }
}
