extension ReportFormat {
    /// For programs: one JSON object per event and line.
    public static let jsonLines = ReportFormat(
        name: "jsonl",
        summary: "for programs: one JSON object per event and line",
        make: { style, output in
            JSONLinesReport(includesDialogue: style.showsTrace, output: output)
        }
    )
}
