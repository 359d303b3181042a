import ParleyMachine
import Testing

@Suite struct ParallelTests {
    @Test func `rounds are fibers with values of their own`() throws {
        let driver = FakeDriver()
        let outcome = try run(
            """
            let port = 2525
            for n in range(1, 3) parallel 2 {
                connect smtp 127.0.0.1:${port}
                rcpt "u${n}@b.test" => 250
            }
            """,
            on: driver
        )
        #expect(outcome.verdict == .pass)
        #expect(
            driver.log.filter { $0.hasPrefix("RCPT") } == [
                "RCPT u1@b.test", "RCPT u2@b.test", "RCPT u3@b.test",
            ]
        )
        #expect(driver.log.filter { $0.hasPrefix("close") }.count == 3)
    }

    @Test func `a fatal failure ends its branch, and the test at the join`() throws {
        let driver = FakeDriver()
        let outcome = try run(
            """
            parallel {
                step "one" {
                    require 1 == 2
                    log "not reached"
                }
                step "two" {
                    expect 2 == 3
                    log "reached"
                }
            }
            log "after"
            """,
            on: driver
        )
        #expect(outcome.messages == ["expected 1 == 2", "expected 2 == 3"])
        #expect(outcome.findings.map(\.steps) == [["one"], ["two"]])
        #expect(outcome.endedEarly)
        let found = driver.notes.filter { if case .found = $0 { true } else { false } }
        #expect(found.count == 2)
        let logged = driver.notes.compactMap {
            if case .logged(let text) = $0 { text } else { nil }
        }
        #expect(logged == ["reached"])
    }

    @Test func `randomness does not depend on what ran before`() throws {
        let script = try Compiled(
            "test \"t\" {\n  for n in range(1, 2) parallel 2 {\n    log \"${random(1000000)} "
                + "${uuid()}\"\n  }\n}\n"
        )
        let (first, second, third) = (FakeDriver(), FakeDriver(), FakeDriver())
        _ = try script.run(first)
        _ = try script.run(second)
        _ = try script.run(third, attempt: 2)
        #expect("\(first.notes)" == "\(second.notes)")
        #expect("\(first.notes)" != "\(third.notes)")
    }
}
