import ParleyDiagnostics
import Testing

@Suite struct DisplayTextTests {
    @Test func `what could steer a terminal or deceive a reader becomes visible`() {
        #expect(DisplayText.safe("\u{1B}[31mred\u{7}\u{0}\u{7F}") == #"\x1b[31mred\x07\x00\x7f"#)
        #expect(
            DisplayText.safe("a\u{9B}b\u{202E}c\u{200B}d\u{2066}\u{FEFF}\u{AD}")
                == #"a\x9bb\u{202e}c\u{200b}d\u{2066}\u{feff}\u{ad}"#
        )
        #expect(DisplayText.safe("line\r\nnext\tx") == #"line\x0d\x0anext\x09x"#)
        #expect(DisplayText.safe([0x61, 0xFF, 0xC3, 0xA9, 0xC3] as [UInt8]) == #"a\xffé\xc3"#)
        #expect(DisplayText.safe("\u{2028}\u{E000}\u{E0041}") == #"\u{2028}\u{e000}\u{e0041}"#)
        #expect(DisplayText.safe("zażółć 日本 🙂") == "zażółć 日本 🙂")
    }

    @Test func `long text is cut`() {
        #expect(DisplayText.safe(String(repeating: "x", count: 20), limit: 5) == "xxxxx…")
        #expect(DisplayText.safe("xxxxx", limit: 5) == "xxxxx")
    }

    @Test func `every octet sequence becomes printable`() {
        for first in UInt8.min...UInt8.max {
            for second: UInt8 in [0x00, 0x1B, 0x41, 0x80, 0x9B, 0xBF, 0xE2, 0xFF] {
                let text = DisplayText.safe([first, second, 0x80])
                #expect(text.unicodeScalars.allSatisfy { DisplayText.isHarmless($0) })
            }
        }
    }

    @Test func `wide characters take two columns, combining ones none`() {
        #expect(DisplayText.width(of: "abc") == 3)
        #expect(DisplayText.width(of: "日本") == 4)
        #expect(DisplayText.width(of: "e\u{301}") == 1)
        #expect(DisplayText.width(of: "🙂") == 2)
    }
}
