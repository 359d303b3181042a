import ParleyMachine
import Testing

@Suite struct OffloadTests {
    private func compute(_ test: String) throws -> (FiberOutcome, Int) {
        let driver = FakeDriver()
        driver.files["long.txt"] = String(repeating: "abcdefgh", count: 10_000) + "-end"
        driver.files["short.txt"] = "abcdefgh-end"
        let outcome = try run(test, on: driver)
        return (outcome, driver.log.count { $0 == "compute" })
    }

    @Test func `work on a long text is done elsewhere, with the same result`() throws {
        let statements = """
            let name = "${choice}.txt"
            let text = read(name)
            expect text matches /-end$/
            expect not (text matches /nowhere/)
            let last = text capture /-(\\w+)$/ default "?"
            expect last == "end"
            expect len(replace(text, "abcdefgh", "")) == 4
            expect split(text, /-/)[1] == "end"
            """
        let (short, none) = try compute("let choice = \"short\"\n" + statements)
        #expect(short.verdict == .pass, "\(short.messages)")
        #expect(none == 0)
        let (long, some) = try compute("let choice = \"long\"\n" + statements)
        #expect(long.verdict == .pass, "\(long.messages)")
        #expect(some == 6)
    }

    @Test func `a mistake found elsewhere is the statement's`() throws {
        let (outcome, count) = try compute(
            "let name = \"long.txt\"\nlet text = read(name)\nlet number = int(text)"
        )
        #expect(count == 2)
        #expect(outcome.reasons == ["script.value"])
    }
}
