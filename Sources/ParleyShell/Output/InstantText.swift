import ParleyVerbs

/// Instants as people read them.
enum InstantText {
    /// `2026-11-22 03:28:56 UTC` of seconds since 1970.
    static func utc(_ seconds: Int64) -> String {
        let civil = DateText.civil(seconds)
        return "\(civil.date) \(civil.time) UTC"
    }
}
