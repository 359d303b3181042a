import CEditline

/// The entries that can be called back, the latest last, none twice.
final class LineHistory {
    /// How many entries are kept.
    static let limit = 10_000

    private(set) var entries: [String] = []
    private var at = 0
    /// The text that libedit looks at, which it does not copy.
    private var shown: WideText?

    /// Puts what earlier conversations left before what this one brought.
    func begin(with earlier: [String]) {
        let own = entries
        entries = Self.distinct(earlier + own)
    }

    /// Adds an entry; an equal one moves here.
    func add(_ entry: String) {
        if let earlier = entries.lastIndex(of: entry) { entries.remove(at: earlier) }
        entries.append(entry)
        if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
    }

    /// Each entry once, where it stood last, and not too many.
    static func distinct(_ entries: [String]) -> [String] {
        var seen: Set<String> = []
        let latest = entries.reversed().filter { seen.insert($0).inserted }
        return latest.prefix(limit).reversed()
    }

    /// What libedit asks for: its history's operations, of which it uses these.
    func past(_ operation: Int32) -> UnsafePointer<wchar_t>? {
        switch operation {
        case H_FIRST: at = entries.count - 1
        case H_NEXT: at -= 1
        case H_LAST: at = 0
        case H_PREV: at += 1
        case H_CURR: break
        default: return nil
        }
        guard entries.indices.contains(at) else {
            at = min(max(at, -1), entries.count)
            return nil
        }
        let text = WideText(entries[at])
        shown = text
        return UnsafePointer(text.pointer)
    }
}
