import ParleyDiagnostics
import ParleyTesting
import Testing

@testable import ParleyLanguageServer

/// Changes of parts of a text, against a model that counts every unit by itself.
@Suite("Changes of a text")
struct SyncTests {
    typealias Object = InnerClient.Object

    private static let uri = "untitled:a"

    private func changed(
        _ text: String,
        _ changes: [((Int, Int), (Int, Int), String)]
    ) throws -> String {
        let client = InnerClient()
        try client.initialize()
        try client.open(Self.uri, text)
        let list = changes.map { start, end, text -> Object in
            let ends = [start, end].map { ["line": $0.0, "character": $0.1] }
            return ["range": ["start": ends[0], "end": ends[1]], "text": text]
        }
        try client.tell(
            "textDocument/didChange",
            ["textDocument": ["uri": Self.uri, "version": 2] as Object, "contentChanges": list]
        )
        client.run()
        let bytes = client.server.workspace.documents[Self.uri]?.source.bytes ?? []
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `changes at and beyond the ends of lines and of the text are taken`() throws {
        let text = "ab\r\nc💥d\n\ne"
        // Beyond a line's end is before its CR LF; beyond the text is its end.
        #expect(try changed(text, [((0, 9), (0, 99), "X")]) == "abX\r\nc💥d\n\ne")
        #expect(try changed(text, [((9, 0), (9, 9), "X")]) == text + "X")
        #expect(try changed(text, [((0, 2), (1, 0), "")]) == "abc💥d\n\ne")
        #expect(try changed(text, [((2, 0), (2, 0), "X\n")]) == "ab\r\nc💥d\nX\n\ne")
        #expect(try changed(text, [((0, 0), (99, 99), "")]) == "")
        // Within a pair of surrogates is before the pair.
        #expect(try changed(text, [((1, 2), (1, 2), "X")]) == "ab\r\ncX💥d\n\ne")
        #expect(try changed(text, [((1, 1), (1, 3), "X")]) == "ab\r\ncXd\n\ne")
        // Ends in the wrong order are put right.
        #expect(try changed(text, [((0, 2), (0, 0), "X")]) == "X\r\nc💥d\n\ne")
        #expect(
            try changed("", [((0, 0), (0, 0), "a"), ((0, 1), (0, 1), "💥"), ((0, 3), (0, 3), "b")])
                == "a💥b"
        )
        #expect(try changed("\u{FEFF}ab", [((0, 1), (0, 2), "X")]) == "\u{FEFF}Xb")
    }

    /// The text after a change, by units of UTF-16: LF ends lines, and a CR before it belongs to
    /// the end.
    private static func model(
        _ text: String,
        _ start: (Int, Int),
        _ end: (Int, Int),
        _ new: String
    ) -> String {
        let units = Array(text.utf16)
        func index(_ place: (Int, Int)) -> Int {
            var (line, at) = (0, 0)
            while line < place.0 {
                guard let found = units[at...].firstIndex(of: 10) else { return units.count }
                (line, at) = (line + 1, found + 1)
            }
            var stop = units[at...].firstIndex(of: 10) ?? units.count
            if stop < units.count, stop > at, units[stop - 1] == 13 { stop -= 1 }
            let index = min(stop, at + place.1)
            let splits = index > at && index < units.count && UTF16.isTrailSurrogate(units[index])
            return splits ? index - 1 : index
        }
        let (a, b) = (index(start), index(end))
        let changed = units[..<min(a, b)] + Array(new.utf16) + units[max(a, b)...]
        return String(decoding: Array(changed), as: UTF16.self)
    }

    @Test(arguments: 0..<40)
    func `what any changes make is what the model makes`(_ seed: Int) throws {
        var numbers = SeededGenerator(seed: UInt64(seed))
        let pieces = ["a", "💥", "é", "\n", "\r\n", "bc", "\u{FEFF}", "ż", " "]
        func piece() -> String {
            (0..<Int.random(in: 0...4, using: &numbers)).map { _ in
                pieces.randomElement(using: &numbers) ?? ""
            }
            .joined()
        }
        let text = piece() + piece() + piece()
        var expected = text
        var changes: [((Int, Int), (Int, Int), String)] = []
        for _ in 0..<6 {
            func place() -> (Int, Int) {
                (.random(in: 0...5, using: &numbers), .random(in: 0...7, using: &numbers))
            }
            let (start, end, new) = (place(), place(), piece())
            changes.append((start, end, new))
            expected = Self.model(expected, start, end, new)
        }
        #expect(Array(try changed(text, changes).utf8) == Array(expected.utf8))
    }
}
