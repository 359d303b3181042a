import ParleyVerbs
import Testing

@Suite struct ParameterTests {
    private func problem(_ value: ParameterValue, _ text: String?) -> String? {
        ParameterSpec("X", value, help: "x", reference: "x").problem(with: text)?.message
    }

    // RFC 3461 §4.
    @Test func `xtext encodes what is not plain, and what would end it`() {
        let text = XText.encode(Array("a+b=c d\u{E9}~!".utf8))
        #expect(String(decoding: text, as: UTF8.self) == "a+2Bb+3Dc+20d+C3+A9~!")
        #expect(XText.decode(text) == Array("a+b=c d\u{E9}~!".utf8))
        for wrong in ["a=b", "a b", "+2b", "+2", "+", "\u{E9}"] {
            #expect(XText.decode(wrong.utf8) == nil, "\(wrong)")
        }
    }

    // RFC 6533 §3.
    @Test func `an address of the type utf-8 names the characters beyond ASCII`() {
        #expect(UniText.encode("żó+ł\\=a@b") == #"\x{17C}\x{F3}\x{2B}\x{142}\x{5C}\x{3D}a@b"#)
        #expect(UniText.encode("postmaster@example.org") == "postmaster@example.org")
    }

    @Test(
        arguments: [
            (ParameterValue.none, nil), (.octets, "0"), (.octets, "18446744073709551616"),
            (.seconds(limit: 999_999_999), "999999999"), (.number(-9...9), "-9"),
            (.number(-9...9), "0"), (.keyword(["FULL", "HDRS"]), "hdrs"),
            (.keywords(["SUCCESS", "DELAY"], exclusive: "NEVER"), "Delay,SUCCESS"),
            (.keywords(["SUCCESS", "DELAY"], exclusive: "NEVER"), "never"),
            (.xtext(limit: 5), "<>"), (.xtext(limit: 5), "a+2B"),
            (.originalRecipient, "rfc822;a+2Bb@example.org"),
            (.originalRecipient, "utf-8;żółć@example.org"),
            (.originalRecipient, #"UTF-8;\x{17C}\x{2B}\x{10FFFF}@example.org"#),
            (.deliverBy, "120;R"), (.deliverBy, "-30;nt"), (.deliverBy, "0;N"),
            (.dateTime, "2028-02-29T23:59:60.5+01:00"), (.dateTime, "2030-01-31t12:00:00z"),
            (.host(states: ["[UNAVAILABLE]"]), "[UNAVAILABLE]"), (.ip(states: []), "192.0.2.1"),
            (.ip(states: []), "IPv6:2001:db8::1"), (.port(states: ["[UNAVAILABLE]"]), "65535"),
        ] as [(ParameterValue, String?)]
    )
    func `what an RFC allows is allowed`(value: ParameterValue, text: String?) {
        #expect(problem(value, text) == nil)
    }

    @Test(
        arguments: [
            (ParameterValue.none, ""), (.none, "1"), (.octets, nil), (.octets, ""), (.octets, "-1"),
            (.octets, "184467440737095516160"), (.seconds(limit: 999_999_999), "0"),
            (.seconds(limit: 999_999_999), "1000000000"), (.number(-9...9), "10"),
            (.number(-9...9), "+1"), (.number(-9...9), "-0"), (.keyword(["FULL"]), "HEADERS"),
            (.keywords(["SUCCESS", "DELAY"], exclusive: "NEVER"), "NEVER,DELAY"),
            (.keywords(["SUCCESS", "DELAY"], exclusive: "NEVER"), "DELAY,DELAY"),
            (.keywords(["SUCCESS", "DELAY"], exclusive: "NEVER"), "DELAY,"),
            (.xtext(limit: 5), "a=b"), (.xtext(limit: 5), "abcdef"),
            (.originalRecipient, "a@example.org"), (.originalRecipient, "rfc822;"),
            (.originalRecipient, ";a"), (.originalRecipient, "rfc822;a=b"),
            (.originalRecipient, "utf-8;a+2Bb@example.org"), (.originalRecipient, #"utf-8;\x{17"#),
            (.originalRecipient, #"utf-8;\x{D800}"#), (.originalRecipient, #"utf-8;\a"#),
            (.originalRecipient, "rfc822;żółć"), (.deliverBy, "120"), (.deliverBy, "0;R"),
            (.deliverBy, "-1;RT"), (.deliverBy, "120;X"), (.deliverBy, "1234567890;N"),
            (.deliverBy, "--1;N"), (.deliverBy, ";N"), (.dateTime, "2030-02-29T00:00:00Z"),
            (.dateTime, "2030-01-31 12:00:00Z"), (.dateTime, "2030-01-31T12:00:00"),
            (.dateTime, "2030-01-31T12:00:00+1x:00"), (.dateTime, "2030-01-31T12:00:00.Z"),
            (.ip(states: []), "192.0.2.256"), (.ip(states: []), "2001:db8::1"),
            (.ip(states: []), "\0"), (.port(states: []), "0"), (.port(states: []), "65536"),
        ] as [(ParameterValue, String?)]
    )
    func `what it does not is told`(value: ParameterValue, text: String?) {
        #expect(problem(value, text) != nil)
    }

    @Test func `a date is counted from 1970`() {
        #expect(DateText.seconds("1970-01-01T00:00:00Z") == 0)
        #expect(DateText.seconds("2026-11-22T04:00:00Z") == 1_795_320_000)
        #expect(DateText.seconds("2026-11-22T04:00:00.25+02:30") == 1_795_311_000)
        #expect(DateText.seconds("0000-03-01T00:00:00Z") == -62_162_035_200)
    }

    @Test func `a parameter is taken apart at its first equals sign`() {
        #expect(ParameterText("size=1=2".utf8).name == "SIZE")
        #expect(ParameterText("size=1=2".utf8).value == "1=2")
        #expect(ParameterText("smtputf8".utf8).value == nil)
        #expect(ParameterText("ret=".utf8).value == "")
    }

    @Test(arguments: [
        "0000-02-29T23:59:59Z", "0001-01-01T00:00:00Z", "1600-02-29T12:00:00Z",
        "1900-03-01T00:00:00Z", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z",
        "2000-02-29T00:00:01Z", "2024-12-31T23:59:59Z", "2100-02-28T23:59:59Z",
        "9999-12-31T23:59:59Z",
    ])
    func `seconds become the date that they came from`(_ text: String) throws {
        let civil = DateText.civil(try #require(DateText.seconds(text)))
        #expect("\(civil.date)T\(civil.time)Z" == text)
    }

    @Test func `no number of seconds is too far away`() {
        for seconds in [Int64.min, Int64.max] {
            #expect((1...12).contains(DateText.civil(seconds).month))
        }
    }
}
