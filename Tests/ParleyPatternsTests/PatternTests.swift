import ParleyPatterns
import Testing

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

@Suite struct PatternTests {
    @Test func `groups are ranges of octets`() throws {
        let pattern = try Pattern(#"queued as (\S+)( never)?"#)
        let match = try #require(try pattern.firstMatch(in: bytes("2.0.0 ok: queued as 4Xyz")))
        #expect(match.range == 10..<24)
        #expect(match.groups == [10..<24, 20..<24, nil])
        #expect(match.group(1) == 20..<24)
        #expect(match.group(9) == nil)
        #expect(pattern.groupCount == 2)
        #expect(try pattern.firstMatch(in: bytes("nothing")) == nil)
    }

    @Test func `named groups are known by number`() throws {
        let pattern = try Pattern("(?<code>[245])(x)(?<rest>.*)")
        #expect(pattern.groupNames.map(\.name) == ["code", "rest"])
        #expect(pattern.groupNumber(named: "rest") == 3)
        #expect(pattern.groupNumber(named: "none") == nil)
    }

    @Test func `an error has words and a place`() throws {
        let error = try #require(throws: PatternError.self) { try Pattern("abc(") }
        #expect(error.offset == 4)
        #expect(error.message.contains("parenthesis"))
    }

    @Test func `case is ignored on request, beyond ASCII too`() throws {
        #expect(try Pattern("zażółć", caseInsensitive: true).matches(bytes("ZAŻÓŁĆ")))
        #expect(try !Pattern("queued").matches(bytes("QUEUED")))
    }

    @Test func `octets that are not UTF-8 fail nothing`() throws {
        let text: [UInt8] = [0xFF, 0xC3, 0x28, 0x00] + bytes("ok") + [0x80]
        #expect(try Pattern("ok").firstMatch(in: text)?.range == 4..<6)
        #expect(try Pattern("^ok").firstMatch(in: text) == nil)
        #expect(try Pattern("x").firstMatch(in: text) == nil)
    }

    @Test func `an empty subject and an empty pattern meet`() throws {
        #expect(try Pattern("").firstMatch(in: [])?.range == 0..<0)
        #expect(try Pattern("^$").matches([]))
        #expect(try !Pattern("a").matches([]))
        #expect(try Pattern("").matches(bytes("abc")))
    }

    @Test(arguments: ["^(a+)+$", "^(a|aa)+$", "(?:(a+)+)+b", "^(([a-z])+.)+[A-Z]([a-z])+$"])
    func `a hostile text stops at the limit`(source: String) throws {
        let pattern = try Pattern(source)
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: 4000) + bytes("!")
        let started = ContinuousClock.now
        // Some of these PCRE2 sees through; what none may do is take its time.
        _ = try? pattern.matches(text)
        #expect(ContinuousClock.now - started < .seconds(1))
    }

    @Test func `the limit is an answer of its own`() throws {
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: 60) + bytes("!")
        #expect(throws: PatternLimitReached.self) { try Pattern("^(a+)+$").matches(text) }
    }

    @Test func `a long text needs more than the JIT's own stack`() throws {
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: 20_000) + bytes("c")
        #expect(try Pattern("^(?:a|b)*c").matches(text))
    }

    @Test func `CR and LF both end a line`() throws {
        let text = bytes("one\r\ntwo\rthree\n")
        #expect(try Pattern("(?m)^two$").matches(text))
        #expect(try Pattern("one.+two").matches(text) == false)
    }

    @Test func `a quoted text matches only itself`() throws {
        let text = #"a.b*c[1] \E żółw$ (x|y) #-/"#
        let pattern = try Pattern("^" + Pattern.quote(text) + "$")
        #expect(try pattern.matches(bytes(text)))
        #expect(try !pattern.matches(bytes("axb*c")))
        #expect(try Pattern(Pattern.quote("\0")).matches([0]))
    }

    @Test func `a search in growing text resumes where a match can begin`() throws {
        let pattern = try Pattern(#"END\d"#)
        var text: [UInt8] = []
        var start = 0
        var found: Match?
        for byte in bytes("abcEN END ENDEND7tail") where found == nil {
            text.append(byte)
            switch try text.withUnsafeBytes({ try pattern.search(growing: $0, from: start) }) {
            case .found(let match): found = match
            case .notYet(let resumeAt):
                #expect(resumeAt >= start)
                start = resumeAt
            }
        }
        #expect(found?.range == 13..<17)
    }

    @Test func `many threads share one pattern`() async throws {
        let pattern = try Pattern(#"(\d+)-(\d+)"#)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for task in 0..<8 {
                group.addTask {
                    try (0..<2000).allSatisfy { round in
                        let left = "\(task)\(round)"
                        let match = try pattern.firstMatch(in: bytes("x\(left)-77y"))
                        return match?.group(1) == 1..<(1 + left.utf8.count)
                    }
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }
}
