import Testing

@testable import ParleyLanguageServer

@Suite("The reader of JSON")
struct JSONReaderTests {
    private func read(_ text: String) throws(JSONReader.Failure) -> JSONValue {
        try JSONReader.read(Array(text.utf8))
    }

    @Test func `values of every kind are read`() throws {
        let value = try read(
            #" {"a": [1, -2.5, 1e3, true, false, null], "b": {"c": "\"\\\/\b\f\n\r\té"}} "#
        )
        #expect(
            value["a"].array == [
                .integer(1), .float(-2.5), .float(1000), .bool(true), .bool(false), .null,
            ]
        )
        #expect(value["b"]["c"].string == "\"\\/\u{8}\u{C}\n\r\té")
        #expect(value["none"]["deeper"] == .null)
        #expect(try read("1e3").integer == 1000)
    }

    @Test(arguments: [
        (#""\ud83d\ude00""#, "😀"), (#""\ud83d""#, "\u{FFFD}"), (#""\ude00x""#, "\u{FFFD}x"),
        (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\ud83d\n""#, "\u{FFFD}\n"), (#""😀""#, "😀"),
    ])
    func `surrogates are joined, and halves of a pair replaced`(
        _ text: String,
        _ value: String
    ) throws {
        #expect(try read(text).string == value)
    }

    @Test(arguments: [
        "", " ", "{", "[1,", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "{\"a\":1,}", "tru", "01", "-",
        "1.", ".5", "1e", "+1", "NaN", "1 2", "\"", "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"",
        "\"a\nb\"", "[1] x", "1e999", "'a'",
    ])
    func `what is no JSON is refused`(_ text: String) {
        #expect(throws: JSONReader.Failure.self) { try read(text) }
    }

    @Test func `octets that are no UTF-8 are refused`() {
        let bad: [[UInt8]] = [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
        ]
        for octets in bad {
            #expect(throws: JSONReader.Failure.self) { try JSONReader.read(octets) }
        }
    }

    @Test func `nesting is bounded, and nothing makes it stumble`() throws {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONReader.Failure.self) { try read(deep) }
        let allowed = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
        _ = try read(allowed)
        let text = Array(#"{"a":[1,"x\ud83d\ude00",{"b":null}]}"#.utf8)
        for cut in text.indices {
            #expect(throws: JSONReader.Failure.self) { try JSONReader.read(Array(text[..<cut])) }
            for byte: UInt8 in [0, 0x22, 0x5C, 0x7B, 0xFF] {
                var changed = text
                changed[cut] = byte
                _ = try? JSONReader.read(changed)
            }
        }
    }
}
