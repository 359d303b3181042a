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
        let (seconds, rest) = divide(nanoseconds, 1_000_000_000)
        let (days, time) = divide(seconds, 86400)
        // Days to a date after Howard Hinnant's public-domain `civil_from_days`.
        let shifted = days + 719_468
        let (era, dayOfEra) = divide(shifted, 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let milliseconds = rest / 1_000_000
        let fraction = milliseconds == 0 ? "" : "." + pad(milliseconds, 3)
        return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))T\(pad(time / 3600, 2)):"
            + "\(pad(time / 60 % 60, 2)):\(pad(time % 60, 2))\(fraction)Z"
    }

    private static func divide(_ value: Int64, _ by: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: by)
        return remainder < 0 ? (quotient - 1, remainder + by) : (quotient, remainder)
    }

    private static func pad(_ value: Int64, _ width: Int) -> String {
        let text = "\(value)"
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
