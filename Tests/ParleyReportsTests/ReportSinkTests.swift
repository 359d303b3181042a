import ParleyEngine
import ParleyMachine
import ParleyReports
import Testing

@Suite("The sink of a report")
struct ReportSinkTests {
    @Test("writes every event in order, from whatever thread, before it finishes")
    func ordered() async {
        let written = SampleRun.Collected()
        let report = ReportFormat.jsonLines.make(ReportStyle()) { written.add($0) }
        let sink = ReportSink(report)
        await withTaskGroup(of: Void.self) { group in
            for test in 0..<4 {
                group.addTask {
                    for time in 0..<5000 {
                        sink.receive(
                            RunEvent(time: Int64(time), test: test, kind: .note(.logged("\(time)")))
                        )
                    }
                }
            }
        }
        sink.finish()
        sink.receive(RunEvent(time: 0, test: nil, kind: .note(.logged("late"))))
        let lines = written.text.split(separator: "\n")
        #expect(lines.count == 20000)
        for test in 0..<4 {
            let own = lines.filter { $0.contains("\"test\":\(test),") }
            #expect(own.count == 5000)
            #expect(own.first?.contains("\"text\":\"0\"") ?? false)
            #expect(own.last?.contains("\"text\":\"4999\"") ?? false)
        }
    }
}
