import ParleySemantics
import Testing

@Suite struct ConstantTests {
    @Test(
        arguments: [
            ("30s", .duration, .duration(30_000_000_000)),
            ("1.5s", .duration, .duration(1_500_000_000)),
            ("20MB", .size, .size(20_971_520)),
            ("true", .bool, .bool(true)),
            ("-4", .int, .int(-4)),
            ("5.7.1", .enhanced, .enhanced(statusClass: 5, subject: 7, detail: 1)),
            ("<a@b.test>", .address, .address("a@b.test")),
            ("2001:DB8:0::1", .ip, .ip("2001:db8::1")),
            ("mx.test:25", .endpoint, .endpoint("mx.test:25")),
        ] as [(String, Kind, Constant)]
    )
    func wordsBecomeConstants(_ text: String, _ kind: Kind, _ expected: Constant) throws {
        #expect(try ConstantParser.parse(text, as: kind).get() == expected)
    }

    @Test(
        arguments: [
            ("30", .duration), ("99999999999999d", .duration), ("5kg", .size), ("nan", .float),
            ("0x10", .float), ("99999999999999999999", .int), ("a b", .domain),
            ("::1:25", .endpoint),
            ("300.1.1.1", .ip), ("600", .code), ("a@", .address), ("x", .reply),
        ] as [(String, Kind)]
    )
    func otherWordsDoNot(_ text: String, _ kind: Kind) {
        #expect(throws: ConstantProblem.self) { try ConstantParser.parse(text, as: kind).get() }
    }
}
