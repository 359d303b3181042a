import ParleyReports
import Testing

@Suite("The JSON report")
struct JSONLinesReportTests {
    @Test("is one object per event, as the golden file has them")
    func everything() throws {
        try Golden.expect(SampleRun.everything.rendered(.jsonLines), is: "everything.jsonl")
    }

    @Test("holds the dialogue where the user asks for it")
    func trace() throws {
        var style = ReportStyle()
        style.showsTrace = true
        try Golden.expect(SampleRun.traced.rendered(.jsonLines, style), is: "trace.jsonl")
    }
}
