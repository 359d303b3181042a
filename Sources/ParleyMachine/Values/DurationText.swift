import ParleyVerbs

/// Durations, sizes and instants as people write them.
enum DurationText {
    /// `412ms`, `2.41s`, `4m 12s`, `2h 5m`, `21d 3h`; a leading `-` for the past.
    static func describe(_ nanoseconds: Int64) -> String {
        let size = nanoseconds.magnitude
        let sign = nanoseconds < 0 ? "-" : ""
        switch size {
        case 0: return "0s"
        case ..<1000: return "\(sign)\(size)ns"
        case ..<1_000_000: return sign + decimal(size, 1000) + "µs"
        case ..<1_000_000_000: return sign + decimal(size, 1_000_000) + "ms"
        case ..<60_000_000_000: return sign + decimal(size, 1_000_000_000) + "s"
        default: break
        }
        let seconds = size / 1_000_000_000
        switch seconds {
        case ..<3600: return sign + pair(seconds / 60, "m", seconds % 60, "s")
        case ..<86400: return sign + pair(seconds / 3600, "h", seconds % 3600 / 60, "m")
        default: return sign + pair(seconds / 86400, "d", seconds % 86400 / 3600, "h")
        }
    }

    private static func pair(_ high: UInt64, _ unit: String, _ low: UInt64, _ lower: String)
        -> String
    {
        low == 0 ? "\(high)\(unit)" : "\(high)\(unit) \(low)\(lower)"
    }

    /// Three significant digits at most behind the point's left side: `2.41`, `30`, `412`.
    private static func decimal(_ value: UInt64, _ unit: UInt64) -> String {
        let whole = value / unit
        let hundredths = value % unit * 100 / unit
        guard hundredths > 0, whole < 100 else { return "\(whole)" }
        let tail = hundredths < 10 ? "0\(hundredths)" : "\(hundredths)"
        return "\(whole).\(tail.hasSuffix("0") ? String(tail.dropLast()) : tail)"
    }

    /// Reads `250ms 30s 5m 2h 21d`; `nil` if it is none or too long.
    static func parse(_ text: String) -> Int64? {
        parse(
            text,
            units: [
                ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
                ("h", 3_600_000_000_000), ("d", 86_400_000_000_000),
            ]
        )
    }

    /// Reads `512 512B 10KB 20MB 1GB 1TB`, powers of 1024; `nil` if it is none or too large.
    static func parseSize(_ text: String) -> Int64? {
        parse(
            text,
            units: [
                ("KB", 1 << 10), ("MB", 1 << 20), ("GB", 1 << 30), ("TB", 1 << 40), ("B", 1),
                ("", 1),
            ]
        )
    }

    private static func parse(_ text: String, units: [(name: String, factor: Int64)]) -> Int64? {
        let digits = text.utf8.prefix { 0x30...0x39 ~= $0 }
        guard !digits.isEmpty, let number = Int64(Substring(digits)) else { return nil }
        let rest = text.utf8.dropFirst(digits.count)
        guard let unit = units.first(where: { $0.name.utf8.elementsEqual(rest) }) else {
            return nil
        }
        let (product, overflow) = number.multipliedReportingOverflow(by: unit.factor)
        return overflow ? nil : product
    }
}

/// Instants in UTC.
enum InstantText {
    /// RFC 3339 with milliseconds where there are any: `2026-07-01T12:00:00.250Z`.
    static func describe(_ nanoseconds: Int64) -> String {
        let (seconds, rest) = DateText.divide(nanoseconds, 1_000_000_000)
        let milliseconds = rest / 1_000_000
        let fraction = milliseconds == 0 ? "" : "." + CivilTime.digits(milliseconds, 3)
        let civil = DateText.civil(seconds)
        return "\(civil.date)T\(civil.time)\(fraction)Z"
    }
}
