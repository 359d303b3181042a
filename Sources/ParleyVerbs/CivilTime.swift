/// A second of the calendar in UTC.
public struct CivilTime: Hashable, Sendable {
    /// The year; before the year 1 it is 0 or less.
    public let year: Int64
    /// The month, from 1.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int
    /// The hour, from 0 to 23.
    public let hour: Int
    /// The minute, from 0.
    public let minute: Int
    /// The second, from 0; leap seconds are not counted.
    public let second: Int

    /// `2026-07-01`
    public var date: String {
        "\(Self.digits(year, 4))-\(Self.digits(month, 2))-\(Self.digits(day, 2))"
    }

    /// `12:00:00`
    public var time: String {
        [hour, minute, second].map { Self.digits($0, 2) }.joined(separator: ":")
    }

    /// The number with zeros before it.
    package static func digits(_ value: some BinaryInteger, _ width: Int) -> String {
        let text = "\(value)"
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
