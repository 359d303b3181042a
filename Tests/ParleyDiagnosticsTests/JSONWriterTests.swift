import Foundation
import ParleyDiagnostics
import Testing

@Suite struct JSONWriterTests {
    @Test func `containers and values are separated by commas`() {
        var json = JSONWriter()
        json.object { json in
            json.member("a", "x")
            json.member("n", -5)
            json.member("ok", true)
            json.member("ratio", 1.5)
            json.member("bad", Double.infinity)
            json.member("absent", ifPresent: nil)
            json.key("list")
            json.array { json in
                json.value(1)
                json.object { _ in }
                json.null()
            }
        }
        #expect(
            json.text
                == #"{"a":"x","n":-5,"ok":true,"ratio":1.5,"bad":null,"list":[1,{},null]}"#
        )
    }

    @Test func `strings are ASCII without control characters, and read back the same`() throws {
        let hostile = "\"\\/\n\r\t\u{0}\u{1B}\u{7F}\u{9B}\u{2028}\u{2029}\u{202E}é🙂::error"
        var json = JSONWriter()
        json.array { $0.value(hostile) }
        #expect(json.bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
        let back = try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String]
        #expect(back == [hostile])
    }

    @Test func `octets that are not UTF-8 become replacement characters`() {
        var json = JSONWriter()
        json.value(octets: [0x61, 0xFF, 0xC3, 0xA9, 0xED, 0xA0, 0x80])
        #expect(json.text == #""a\ufffd\u00e9\ufffd\ufffd\ufffd""#)
    }

    @Test func `a diagnostic as JSON has its places`() throws {
        let source = SourceText(name: "a\"b", "x\ny é z\n")
        let diagnostic = Diagnostic(
            "script.x",
            "message",
            at: SourcePlace(source, SourceRange(4, 6)),
            label: "here",
            secondary: [.init(SourcePlace(source, SourceRange(0, 1)), "there")],
            notes: ["note"],
            help: "help",
            fixIt: .init(SourcePlace(source, SourceRange(4, 6)), "e")
        )
        let value = try JSONSerialization.jsonObject(with: Data(diagnostic.json.utf8))
        let object = try #require(value as? [String: Any])
        #expect(object["file"] as? String == "a\"b")
        #expect(object["line"] as? Int == 2)
        #expect(object["column"] as? Int == 3)
        #expect(object["endColumn"] as? Int == 5)
        #expect(object["help"] as? String == "help")
        #expect((object["labels"] as? [Any])?.count == 1)
        #expect((object["fix"] as? [String: Any])?["replacement"] as? String == "e")
    }
}
