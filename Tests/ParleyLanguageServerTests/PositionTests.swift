import ParleyDiagnostics
import Testing

@testable import ParleyLanguageServer

@Suite("Positions and names of texts")
struct PositionTests {
    private static let text = "a😀é\r\n\nzażółć 💥x"

    @Test(arguments: [PositionEncoding.utf8, .utf16])
    func `offsets become positions and come back`(_ encoding: PositionEncoding) {
        let source = SourceText(name: "", Self.text)
        let positions = TextPositions(source: source, encoding: encoding)
        var offset = 0
        for character in Self.text {
            let place = positions.position(offset)
            if character != "\r\n" {
                let back = positions.offset(line: place.line, character: place.character)
                #expect(back == offset, "\(character)")
            }
            offset += character.utf8.count
        }
    }

    @Test func `columns count units of UTF-16, of which an emoji has two`() {
        let source = SourceText(name: "", Self.text)
        let positions = TextPositions(source: source, encoding: .utf16)
        #expect(positions.position(5) == (0, 3))
        #expect(positions.offset(line: 0, character: 3) == 5)
        // Half a character is its beginning.
        #expect(positions.offset(line: 0, character: 2) == 1)
        let eight = TextPositions(source: source, encoding: .utf8)
        #expect(eight.position(5) == (0, 5))
        #expect(eight.offset(line: 0, character: 3) == 1)
    }

    @Test func `positions outside a text are its nearest`() {
        let positions = TextPositions(source: SourceText(name: "", "ab\r\nc"), encoding: .utf16)
        #expect(positions.offset(line: 0, character: 99) == 2)
        #expect(positions.offset(line: 9, character: 0) == 5)
        #expect(positions.offset(line: -1, character: -1) == 0)
        #expect(positions.offset(line: .max, character: .max) == 5)
        #expect(positions.position(99) == (1, 1))
    }

    @Test(arguments: [
        ("file:///a/b.parley", "/a/b.parley"), ("file:///a%20b/%C5%BC", "/a b/ż"),
        ("file://localhost/x", "/x"), ("FILE:///x", "/x"),
    ])
    func `a file's URI names a path`(_ uri: String, _ path: String) {
        #expect(FileURI.path(uri) == path)
        #expect(FileURI.path(FileURI.uri(path)) == path)
    }

    @Test(arguments: [
        "untitled:Untitled-1", "file://host/x", "file:///%", "file:///%zz", "file:///%00", "x", "",
        "file:///%FF",
    ])
    func `other URIs name none`(_ uri: String) {
        #expect(FileURI.path(uri) == nil)
    }

    @Test(arguments: [
        ("a\nb\nc\n", "a\nX\nc\n"), ("a\n", "a\nb\n"), ("a\nb\n", "b\n"), ("", "x\n"),
        ("x\n", ""), ("a\na\n", "a\na\na\n"), ("ab", "b"), ("a  b\n", "a b\n"), ("a\nb", "a\nc"),
    ])
    func `an edit of whole lines turns one text into the other`(_ old: String, _ new: String) {
        let bytes = Array(old.utf8)
        guard let edit = LanguageServer.edit(bytes, Array(new.utf8)) else {
            Issue.record("no edit")
            return
        }
        var edited = bytes
        edited.replaceSubrange(edit.range.start..<edit.range.end, with: edit.text.utf8)
        #expect(String(decoding: edited, as: UTF8.self) == new)
        #expect(edit.range.start == 0 || bytes[edit.range.start - 1] == 0x0A)
    }

    @Test func `the same text needs no edit`() {
        #expect(LanguageServer.edit([1, 2], [1, 2]) == nil)
    }
}
