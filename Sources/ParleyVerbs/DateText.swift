/// Dates as RFC 3339 writes them.
public enum DateText {
    /// The seconds since 1970 of a `date-time` of RFC 3339 §5.6, without fractions; `nil` if `text`
    /// is none, or no day of the calendar.
    public static func seconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard (20...64).contains(bytes.count) else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            bytes[range].decimalNumber(digits: range.count)
        }
        guard bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] | 0x20 == 0x74,
            bytes[13] == 0x3A, bytes[16] == 0x3A,
            let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            (1...12).contains(month), day >= 1, day <= days(in: month, of: year),
            hour < 24, minute < 60, second <= 60, let zone = zone(bytes[19...])
        else { return nil }
        let days = daysSince1970(year, month, day)
        return Int64(days * 86_400 + hour * 3_600 + minute * 60 + second - zone)
    }

    /// The day and the time of day in UTC of seconds since 1970 (proleptic Gregorian calendar).
    public static func civil(_ seconds: Int64) -> CivilTime {
        let (days, time) = divide(seconds, 86_400)
        // Eras of 400 years, whose years begin in March.
        let (era, dayOfEra) = divide(days + 719_468, 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        return CivilTime(
            year: yearOfEra + era * 400 + (month < 10 ? 0 : 1),
            month: Int(month < 10 ? month + 3 : month - 9),
            day: Int(dayOfYear - (153 * month + 2) / 5 + 1),
            hour: Int(time / 3_600),
            minute: Int(time / 60 % 60),
            second: Int(time % 60)
        )
    }

    /// Quotient and remainder, the latter never negative.
    package static func divide(_ value: Int64, _ by: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: by)
        return remainder < 0 ? (quotient - 1, remainder + by) : (quotient, remainder)
    }

    /// The offset from UTC in seconds, behind an optional fraction.
    private static func zone(_ text: ArraySlice<UInt8>) -> Int? {
        var rest = text
        if rest.first == 0x2E {
            let digits = rest.dropFirst().prefix { 0x30...0x39 ~= $0 }
            guard !digits.isEmpty else { return nil }
            rest = rest[digits.endIndex...]
        }
        if rest.count == 1, let letter = rest.first { return letter | 0x20 == 0x7A ? 0 : nil }
        let zone = Array(rest)
        guard zone.count == 6, zone[0] == 0x2B || zone[0] == 0x2D, zone[3] == 0x3A,
            let hours = zone[1..<3].decimalNumber(digits: 2), hours < 24,
            let minutes = zone[4..<6].decimalNumber(digits: 2), minutes < 60
        else { return nil }
        return (hours * 3_600 + minutes * 60) * (zone[0] == 0x2D ? -1 : 1)
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Counted in years that begin in March, so that a leap day is the last one.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
