import Foundation
import ParleyReports
import Testing

@Suite("The registry of report formats")
struct ReportFormatTests {
    @Test("knows every format that has a file, each name once")
    func complete() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/ParleyReports/Formats").standardizedFileURL
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(files.count { $0.hasSuffix("Format.swift") } == ReportFormat.all.count)
        #expect(Set(ReportFormat.all.map(\.name)).count == ReportFormat.all.count)
        for format in ReportFormat.all { #expect(!format.summary.isEmpty) }
    }

    @Test("finds a format by its name")
    func named() {
        #expect(ReportFormat.named("jsonl")?.name == "jsonl")
        #expect(ReportFormat.named("xml") == nil)
    }
}
