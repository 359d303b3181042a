import Glibc
import Synchronization

/// The text of one script, with its lines.
///
/// Offsets count UTF-8 octets from 0; lines and columns count from 1, columns in octets too
/// (``displayColumn(of:)`` counts what a terminal shows).
public final class SourceText: Sendable {
    /// The name to show: the path as the user gave it, or `-c`, `<stdin>`.
    public let name: String

    /// The octets as read.
    public let bytes: [UInt8]

    /// The offset at which each line begins.
    private let lineStarts: [Int]

    /// What no excerpt shows.
    private let hidden = Mutex<Set<SourceRange>>([])

    /// A text of these octets. Any octets are accepted; the lexer reports what is not UTF-8.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        lineStarts = bytes.withUnsafeBytes { octets in
            var starts = [0]
            guard let base = octets.baseAddress else { return starts }
            // An editor makes a text of every change: a large one must not take long.
            while let last = starts.last, last < octets.count,
                let found = memchr(base + last, 0x0A, octets.count - last)
            {
                starts.append(base.distance(to: found) + 1)
            }
            return starts
        }
    }

    /// A text from a string.
    public convenience init(name: String, _ text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    /// Takes a password that is written out from every excerpt that is made from now on.
    public func hide(_ ranges: [SourceRange]) {
        guard !ranges.isEmpty else { return }
        hidden.withLock { $0.formUnion(ranges) }
    }

    /// What no excerpt shows, in order; of ranges that overlap, one.
    public var hiddenRanges: [SourceRange] {
        var ranges: [SourceRange] = []
        for range in hidden.withLock({ $0 }).sorted(by: { $0.start < $1.start })
        where range.start < range.end {
            if let last = ranges.last, range.start < last.end {
                ranges[ranges.count - 1] = last.union(range)
            } else {
                ranges.append(range)
            }
        }
        return ranges
    }

    /// What an excerpt shows in place of a hidden range.
    public static let mark = "‹secret›"

    /// How many lines there are; a text that ends with a newline has an empty last one.
    public var lineCount: Int { lineStarts.count }

    /// The line (from 1) that holds `offset`.
    public func line(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The position of `offset`.
    public func position(at offset: Int) -> SourcePosition {
        let line = line(at: offset)
        return SourcePosition(line: line, column: offset - lineStarts[line - 1] + 1)
    }

    /// The octets of a line (from 1), its newline excluded; empty for a line that is not there.
    public func lineBytes(_ line: Int) -> ArraySlice<UInt8> {
        guard line >= 1, line <= lineStarts.count else { return [] }
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return bytes[start..<end]
    }

    /// The text of a range; what is not UTF-8 shows as U+FFFD.
    public func text(_ range: SourceRange) -> String {
        let start = max(0, min(range.start, bytes.count))
        let end = max(start, min(range.end, bytes.count))
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}

/// A line and a column, both from 1.
public struct SourcePosition: Hashable, Sendable {
    /// The line, from 1.
    public var line: Int
    /// The column in octets, from 1.
    public var column: Int

    /// A position.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// A stretch of a source text: octet offsets, `end` excluded.
public struct SourceRange: Hashable, Sendable {
    /// The first octet.
    public var start: Int
    /// The octet behind the last.
    public var end: Int

    /// A stretch from `start` up to `end`.
    public init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    /// The smallest range that holds both.
    public func union(_ other: SourceRange) -> SourceRange {
        SourceRange(min(start, other.start), max(end, other.end))
    }
}

/// A place in a named source: what a diagnostic or an event points at.
public struct SourcePlace: Sendable {
    /// The text.
    public var source: SourceText
    /// Where in it.
    public var range: SourceRange

    /// A place.
    public init(_ source: SourceText, _ range: SourceRange) {
        self.source = source
        self.range = range
    }

    /// `file:line:column`.
    public var description: String {
        let position = source.position(at: range.start)
        return "\(source.name):\(position.line):\(position.column)"
    }
}

extension SourcePlace {
    /// The lines on which it stands, from 1.
    public var lines: ClosedRange<Int> {
        let first = source.line(at: range.start)
        return first...max(first, source.line(at: max(range.start, range.end - 1)))
    }
}
