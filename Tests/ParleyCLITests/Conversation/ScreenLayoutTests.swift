import ParleyReports
import ParleyShell
import Testing

@testable import ParleyCLI

@Suite struct ScreenLayoutTests {
    private func end(_ text: String, columns: Int = 10) -> [Int] {
        let place = ScreenLayout(columns: columns).end(of: text.unicodeScalars)
        return [place.row, place.column]
    }

    @Test func `counts rows as libedit does`() {
        #expect(end("") == [0, 0])
        #expect(end("123456789") == [0, 9])
        #expect(end("1234567890") == [1, 0])
        #expect(end("a\nb") == [1, 1])
        #expect(end("a\tb") == [0, 9])
        #expect(end("a\u{1}b") == [0, 4], "^A takes two")
    }

    private func list(_ count: Int, help: String = "", columns: Int = 40, rows: Int = 10)
        -> [String]
    {
        let candidates = (0..<count).map { Completion.Candidate("word\($0)", help: help) }
        return CandidateList(candidates: candidates, columns: columns, rows: rows)
            .lines(LiveText(style: ReportStyle()))
    }

    @Test func `few candidates stand with their help, many in columns`() {
        #expect(list(2, help: "does it") == ["word0  does it", "word1  does it"])
        #expect(list(5) == ["word0  word1  word2  word3  word4"])
        #expect(list(7, columns: 20).first == "word0  word4")
    }

    @Test func `a long list says how much is left, and fits the screen`() {
        let lines = list(200, help: "help")
        #expect(lines.count <= 7 && lines.last?.hasSuffix(" more") == true)
        for line in lines { #expect(line.count <= 40) }
    }

    @Test func `what a server names is shown without its escapes`() {
        let candidate = Completion.Candidate("a\u{1B}[31mb", help: "c\u{7}")
        let lines = CandidateList(candidates: [candidate], columns: 40, rows: 10)
            .lines(LiveText(style: ReportStyle()))
        #expect(!lines.joined().unicodeScalars.contains { $0.value < 0x20 })
    }

    @Test func `a common beginning is found`() {
        let candidates = ["starttls", "start", "stop"].map { Completion.Candidate($0) }
        #expect(CandidateList.commonPrefix(of: candidates) == "st")
        #expect(CandidateList.commonPrefix(of: []) == "")
    }
}
