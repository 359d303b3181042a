/// Durations as reports write them.
enum TimeText {
    /// `0ms`, `412ms`, `2.41s`, `4m12s`, `2h05m`.
    static func duration(_ nanoseconds: Int64) -> String {
        let milliseconds = max(0, nanoseconds) / 1_000_000
        switch milliseconds {
        case ..<1000: return "\(milliseconds)ms"
        case ..<60_000: return "\(milliseconds / 1000).\(pad(milliseconds % 1000 / 10, 2))s"
        case ..<3_600_000:
            return "\(milliseconds / 60_000)m\(pad(milliseconds % 60_000 / 1000, 2))s"
        default:
            return "\(milliseconds / 3_600_000)h\(pad(milliseconds % 3_600_000 / 60_000, 2))m"
        }
    }

    /// `0.412`: seconds of a session.
    static func stamp(_ nanoseconds: Int64) -> String {
        let milliseconds = max(0, nanoseconds) / 1_000_000
        return "\(milliseconds / 1000).\(pad(milliseconds % 1000, 3))"
    }

    /// A measure with its unit; nanoseconds become a duration.
    static func measure(_ value: Double, unit: String) -> String {
        if unit == "ns", value.magnitude < 9e18 {
            return (value < 0 ? "-" : "") + duration(Int64(value.magnitude))
        }
        let whole = value == value.rounded() && value.magnitude < 1e15
        let number = whole ? "\(Int64(value))" : "\(value)"
        return unit.isEmpty ? number : "\(number) \(unit)"
    }

    private static func pad(_ value: Int64, _ width: Int) -> String {
        let text = "\(value)"
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
