import ParleyMachine
import Testing

@Suite struct EventuallyTests {
    @Test func `a deferred recipient is tried again until it is taken`() throws {
        let driver = FakeDriver()
        driver.answers["RCPT"] = [
            .reply("450 4.2.0 later"), .reply("450 4.2.0 later"), .reply("250 ok"),
        ]
        let outcome = try converse(
            "eventually within 60s every 5s {\n  rcpt a@b.test => 250\n  measure n = 1\n}",
            on: driver
        )
        #expect(outcome.verdict == .pass)
        #expect(outcome.findings.isEmpty)
        #expect(driver.log.filter { $0.hasPrefix("RCPT") }.count == 3)
        #expect(driver.notes.filter { if case .retrying = $0 { true } else { false } }.count == 2)
        #expect(driver.notes.filter { if case .measured = $0 { true } else { false } }.count == 1)
        #expect(!driver.notes.contains { if case .found = $0 { true } else { false } })
    }

    @Test func `a permanent refusal is not tried again`() throws {
        let driver = FakeDriver()
        driver.answers["RCPT"] = [.reply("550 5.1.1 no")]
        let outcome = try converse(
            "eventually within 60s every 5s {\n  rcpt a@b.test\n}",
            on: driver
        )
        #expect(outcome.verdict == .fail)
        #expect(driver.log.filter { $0.hasPrefix("RCPT") }.count == 1)
        #expect(outcome.findings.first?.notes.contains { $0.contains("1 round within 1m") } == true)
    }

    @Test func `the last complete round is reported with the count`() throws {
        let driver = FakeDriver()
        let outcome = try converse(
            "eventually within 10s every 3s {\n  noop\n  expect reply.code == 251\n}",
            on: driver
        )
        #expect(outcome.reasons == ["assert.value"])
        #expect(outcome.endedEarly)
        #expect(outcome.findings.first?.notes == ["‘eventually’: 4 rounds within 10s"])
        #expect(driver.notes.filter { if case .found = $0 { true } else { false } }.count == 1)
    }

    @Test func `a round cut short reports the one before it`() throws {
        let driver = FakeDriver()
        driver.answers["RCPT"] = [.reply("450 4.2.0 first"), .silence]
        let outcome = try converse(
            "eventually within 10s every 3s {\n  rcpt a@b.test within 1m\n}",
            on: driver
        )
        #expect(outcome.messages == ["RCPT: expected 2xx, got 450 4.2.0 first"])
        #expect(
            outcome.findings.first?.notes.last?.contains("round 1, the last complete one") == true
        )
    }

    @Test func `a round's sessions are closed before the next`() throws {
        let driver = FakeDriver()
        driver.answers["RCPT"] = [.reply("450 later"), .reply("250 ok")]
        let outcome = try run(
            "eventually within 60s every 5s {\n  connect smtp 127.0.0.1:1\n  rcpt "
                + "a@b.test\n}\nrset",
            on: driver
        )
        #expect(outcome.verdict == .pass)
        #expect(
            driver.log == [
                "connect 127.0.0.1:1", "RCPT a@b.test", "close 1", "sleep", "connect 127.0.0.1:1",
                "RCPT a@b.test", "RSET", "close 2",
            ]
        )
    }

    @Test func `the loss of an outer session ends it`() throws {
        let driver = FakeDriver()
        driver.answers["NOOP"] = [.failure("smtp.closed")]
        let outcome = try converse("eventually within 60s every 5s {\n  noop\n}", on: driver)
        #expect(outcome.reasons == ["smtp.closed"])
        #expect(
            outcome.findings.first?.notes.last?.contains("session opened before it was lost")
                == true
        )
    }
}
