import ParleyDiagnostics
import Testing

@Suite("The reader of JSON")
struct JSONReaderTests {
    private func read(
        _ text: String,
        _ rules: JSONReader.Rules = .message
    ) throws(JSONReader.Failure) -> JSONValue {
        try JSONReader.read(Array(text.utf8), rules)
    }

    @Test func `values of every kind are read`() throws {
        let value = try read(
            #" {"a": [1, -2.5, 1e3, true, false, null], "b": {"c": "\"\\\/\b\f\n\r\té"}} "#
        )
        #expect(
            value["a"].array == [
                .number("1"), .number("-2.5"), .number("1e3"), .bool(true), .bool(false), .null,
            ]
        )
        #expect(value["b"]["c"].string == "\"\\/\u{8}\u{C}\n\r\té")
        #expect(value["none"]["deeper"] == .null)
        #expect(try read("1e3").integer == 1000 && read("-7").integer == -7)
        for text in ["1.5", "1e300", "99999999999999999999", "true", "\"1\""] {
            #expect(try read(text).integer == nil, "\(text)")
        }
    }

    @Test func `the members of an object keep their order, and the last of a name counts`() throws {
        let value = try read(#"{"b": 1, "a": 2, "b": 3}"#)
        let expected: [JSONValue.Member] = [
            .init("b", .number("1")), .init("a", .number("2")), .init("b", .number("3")),
        ]
        #expect(value == .object(expected) && value["b"].integer == 3)
    }

    @Test(arguments: ["\u{FEFF}1", "007", "1.", "1.e2", "-01"])
    func `a file may hold what a message may not`(_ text: String) throws {
        #expect(throws: JSONReader.Failure.self) { try read(text) }
        let number = String(text.drop { $0 == "\u{FEFF}" })
        #expect(try read(text, .file) == .number(number))
    }

    @Test func `octets that are no UTF-8 are repaired in a file`() throws {
        let octets: [UInt8] = [0x22, 0x61, 0xFF, 0x22]
        #expect(throws: JSONReader.Failure.self) { try JSONReader.read(octets, .message) }
        #expect(try JSONReader.read(octets, .file) == .string("a\u{FFFD}"))
        let escaped: [UInt8] = [0x22, 0x5C, 0x6E, 0xFF, 0x22]
        #expect(try JSONReader.read(escaped, .file) == .string("\n\u{FFFD}"))
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
        "\"a\nb\"", "[1] x", "1e999", "'a'", "\"\\u+123\"", "--1", "1-1",
    ])
    func `what is no JSON is refused`(_ text: String) {
        #expect(throws: JSONReader.Failure.self) { try read(text) }
        guard !["01", "1."].contains(text) else { return }
        #expect(throws: JSONReader.Failure.self) { try read(text, .file) }
    }

    @Test func `octets that are no UTF-8 are refused`() {
        let bad: [[UInt8]] = [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
        ]
        for octets in bad {
            #expect(throws: JSONReader.Failure.self) { try JSONReader.read(octets, .message) }
        }
    }

    @Test func `nesting is bounded, and nothing makes it stumble`() throws {
        let deep = String(repeating: "[", count: 100_000)
        for (rules, depth) in [(JSONReader.Rules.message, 100), (.file, 64)] {
            #expect(throws: JSONReader.Failure.self) { try read(deep, rules) }
            func nested(_ depth: Int) -> String {
                String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            }
            _ = try read(nested(depth), rules)
            #expect(throws: JSONReader.Failure.self) { try read(nested(depth + 1), rules) }
        }
        let text = Array(#"{"a":[1,"x\ud83d\ude00",{"b":null}]}"#.utf8)
        for cut in text.indices {
            #expect(throws: JSONReader.Failure.self) {
                try JSONReader.read(Array(text[..<cut]), .message)
            }
            for byte: UInt8 in [0, 0x22, 0x5C, 0x7B, 0xFF] {
                var changed = text
                changed[cut] = byte
                _ = try? JSONReader.read(changed, .message)
                _ = try? JSONReader.read(changed, .file)
            }
        }
    }
}
