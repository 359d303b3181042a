/// A format that `parley run --format` knows. Each lives in a file of its own in `Formats`.
public struct ReportFormat: Sendable {
    /// The word behind `--format`.
    public let name: String
    /// What it is good for, in a few words.
    public let summary: String
    /// Makes a report that writes through the closure.
    public let make: @Sendable (ReportStyle, @escaping @Sendable (String) -> Void) -> any Report

    /// Every format, in the order in which help lists them.
    public static let all: [ReportFormat] = [.text, .jsonLines]

    /// The format of that name.
    public static func named(_ name: String) -> ReportFormat? {
        all.first { $0.name == name }
    }
}
