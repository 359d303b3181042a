extension ReportFormat {
    /// For people: progress, verdicts, failures with their source and dialogue, a summary.
    public static let text = ReportFormat(
        name: "text",
        summary: "for people, at a terminal or in a log",
        make: { style, output in TerminalReport(style: style, output: output) }
    )
}
