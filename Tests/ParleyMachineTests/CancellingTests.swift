import ParleyMachine
import Testing

@Suite struct CancellingTests {
    @Test func `a limit around the fiber gives its reason and the stage`() throws {
        let driver = FakeDriver()
        let limit = Cancellation(.limit(reason: "time.run", message: "the run’s limit passed"))
        driver.cancelAt = ("MAIL a@b.test", limit)
        let outcome = try converse("mail a@b.test\nrset", on: driver)
        #expect(outcome.verdict == .fail)
        #expect(outcome.reasons == ["time.run"])
        #expect(outcome.messages == ["MAIL: the run’s limit passed"])
        #expect(outcome.findings.first?.session == 1)
        #expect(driver.log.suffix(2) == ["MAIL a@b.test", "abort 1"])
    }

    @Test func `what a dropped request was to close is closed at the end`() throws {
        let driver = FakeDriver()
        driver.dropsCloseAtCancel = true
        let outcome = try run(
            "if 1 == 1 {\n  connect smtp 127.0.0.1:1\n}\nconnect smtp 127.0.0.1:2",
            on: driver
        )
        #expect(outcome.reasons == ["run.interrupted"])
        #expect(driver.log == ["connect 127.0.0.1:1", "dropped", "close 1"])
    }

    @Test func `a round of eventually is left without another`() throws {
        let driver = FakeDriver()
        driver.answers["RCPT"] = [.reply("450 later")]
        driver.cancelAt = ("sleep", Cancellation(.interrupt))
        let outcome = try converse(
            "eventually within 60s every 5s {\n  rcpt a@b.test\n}",
            on: driver
        )
        #expect(outcome.reasons == ["run.interrupted"])
        #expect(driver.log.suffix(2) == ["sleep", "close 1"])
    }

    @Test func `a second cancellation only closes`() throws {
        let driver = FakeDriver()
        driver.cancelAt = ("MAIL a@b.test", Cancellation(.interrupt))
        driver.cancelAgainAt = "RSET"
        let outcome = try run(
            """
            connect smtp 127.0.0.1:1 as other
            connect smtp 127.0.0.1:2 as box
            box: mail a@b.test
            finally {
                other: rset
                other: noop
            }
            """,
            on: driver
        )
        #expect(outcome.endedEarly)
        #expect(driver.log.suffix(3) == ["abort 2", "RSET", "close 1"])
    }

    @Test func `a loop of what is answered at once ends with the test's limit`() throws {
        let driver = FakeDriver()
        driver.sendTime = 1_000_000_000
        let outcome = try converse("repeat 1000000 {\n  send x\n}", on: driver)
        #expect(outcome.reasons == ["time.test"])
        #expect(driver.log.count { $0.hasPrefix("send") } < 130)
    }
}
