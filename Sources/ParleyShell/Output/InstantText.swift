/// Instants as people read them.
enum InstantText {
    /// `2026-11-22 03:28:56 UTC` of seconds since 1970 (proleptic Gregorian calendar).
    static func utc(_ seconds: Int64) -> String {
        let days = seconds.quotientFloor(86400)
        let rest = Int(seconds - days * 86400)
        // Days to a civil date by eras of 400 years, the year beginning in March.
        let shifted = days + 719_468
        let era = shifted.quotientFloor(146_097)
        let day = shifted - era * 146_097
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
        let ofYear = day - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        let civil = (
            year: year + era * 400 + (month < 10 ? 0 : 1),
            month: month < 10 ? month + 3 : month - 9,
            day: ofYear - (153 * month + 2) / 5 + 1
        )
        let date = "\(civil.year)-\(pad(civil.month))-\(pad(civil.day))"
        return "\(date) \(pad(rest / 3600)):\(pad(rest / 60 % 60)):\(pad(rest % 60)) UTC"
    }

    private static func pad(_ number: some BinaryInteger) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}

extension Int64 {
    fileprivate func quotientFloor(_ divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
