import ParleyMachine
import Testing

@Suite struct VerbTests {
    @Test func `a dialogue without complaints passes and closes what it opened`() throws {
        let driver = FakeDriver()
        let outcome = try converse("mail a@b.test\nrcpt c@d.test => 250", on: driver)
        #expect(outcome.verdict == .pass)
        #expect(!outcome.endedEarly)
        #expect(
            driver.log == [
                "connect 127.0.0.1:2525", "EHLO probe.test", "MAIL a@b.test", "RCPT c@d.test",
                "close 1",
            ]
        )
    }

    @Test func `a wrong reply leads with what was expected and what came`() throws {
        let driver = FakeDriver()
        driver.answers["RCPT"] = [.reply("550 5.1.1 User unknown")]
        let outcome = try converse("rcpt c@d.test => 250\nmail never@sent.test", on: driver)
        let finding = try #require(outcome.findings.first)
        #expect(outcome.verdict == .fail)
        #expect(outcome.endedEarly)
        #expect(finding.reason == "smtp.reply")
        #expect(finding.stage == "RCPT")
        #expect(finding.message == "RCPT: expected 250, got 550 5.1.1 User unknown")
        #expect(finding.help?.contains("no such mailbox") == true)
        #expect(finding.session == 1)
        #expect(!driver.log.contains { $0.hasPrefix("MAIL") })
    }

    @Test func `an enhanced code is demanded where it is written`() throws {
        let driver = FakeDriver()
        driver.answers["RCPT"] = [.reply("550 5.7.1 no")]
        let outcome = try converse("rcpt c@d.test => 550 5.1.1 or 551", on: driver)
        #expect(outcome.messages == ["RCPT: expected 550 5.1.1 or 551, got 550 5.7.1 no"])
        #expect(outcome.findings.first?.nearest == "550 5.1.1: the enhanced code is 5.7.1")
    }

    @Test func `text is matched by its own alternative`() throws {
        let driver = FakeDriver()
        driver.answers["RCPT"] = [.reply("250 queued as X1")]
        #expect(try converse("rcpt c@d.test => 250 matching /queued/", on: driver).verdict == .pass)
        #expect(try converse("rcpt c@d.test => 250 matching /lost/", on: driver).verdict == .fail)
    }

    @Test func `softened wrong replies warn and bind their name`() throws {
        let driver = FakeDriver()
        driver.answers["RCPT"] = [.reply("450 4.2.0 Greylisted, see http://x")]
        let outcome = try converse(
            "rcpt c@d.test => 250 as r else warn\nexpect r.code == 450\nexpect r.enhanced == 4.2.x",
            on: driver
        )
        #expect(outcome.verdict == .warn)
        #expect(outcome.reasons == ["smtp.reply"])
        #expect(outcome.findings.first?.help?.contains("greylisting") == true)
        #expect(!outcome.endedEarly)
    }

    @Test func `a close is admitted only where it is expected`() throws {
        let driver = FakeDriver()
        driver.answers["RCPT"] = [.failure("smtp.closed")]
        #expect(try converse("rcpt c@d.test => 250 or closed", on: driver).verdict == .pass)
        let outcome = try converse("rcpt c@d.test => 250 else warn", on: driver)
        #expect(outcome.verdict == .fail)
        #expect(outcome.reasons == ["smtp.closed"])
    }

    @Test func `an admitted 421 closes the session`() throws {
        let driver = FakeDriver()
        driver.answers["RCPT"] = [.reply("421 4.7.0 bye")]
        #expect(try converse("rcpt c@d.test => 4xx\nlog \"after\"", on: driver).verdict == .pass)
        #expect(driver.log.last == "close 1")
    }

    @Test func `silence names the stage, the limit and what was held`() throws {
        let driver = FakeDriver()
        driver.answers["RCPT"] = [.silence]
        let outcome = try converse("rcpt c@d.test => 250 within 5s", on: driver)
        let finding = try #require(outcome.findings.first)
        #expect(finding.reason == "smtp.reply.timeout")
        #expect(finding.message == "RCPT: no reply within 5s")
        #expect(finding.notes.contains { $0.hasPrefix("the limit of 5s was set at t.parley:4:") })
        #expect(finding.notes.contains("received so far, 4 octets: \"250-\""))
        #expect(
            try converse("rcpt c@d.test => 250 or timeout within 5s", on: driver).verdict == .pass
        )
    }

    @Test func `a test's limit is named where it is the earlier one`() throws {
        let driver = FakeDriver()
        driver.answers["RCPT"] = [.silence]
        let script = """
            test "t" timeout 10s {
                connect smtp 127.0.0.1:2525
                rcpt c@d.test within 30s
            }
            """
        let outcome = try Compiled(script).run(driver)
        #expect(outcome.reasons == ["time.test"])
        #expect(outcome.findings.first?.stage == "RCPT")
        #expect(outcome.messages == ["RCPT: the test’s limit of 10s passed"])
    }

    @Test func `greetings have reasons of their own`() throws {
        let driver = FakeDriver()
        driver.greeting = .reply("554 no service")
        #expect(try run("connect smtp 127.0.0.1:2525", on: driver).reasons == ["smtp.banner"])
        #expect(driver.log.last == "close 1")
        driver.greeting = .silence
        let outcome = try run("connect smtp 127.0.0.1:2525", on: driver)
        #expect(outcome.reasons == ["smtp.banner.timeout"])
        #expect(outcome.messages == ["banner: no greeting within 30s"])
        driver.greeting = .failure("net.refused")
        #expect(try run("connect smtp 127.0.0.1:2525", on: driver).reasons == ["net.refused"])
        #expect(try run("connect smtp 127.0.0.1:2525 => refused", on: driver).verdict == .pass)
    }

    @Test func `a pipeline judges all replies and raises the first failure`() throws {
        let driver = FakeDriver()
        driver.answers["RCPT x@d.test"] = [.reply("550 5.1.1 no")]
        let outcome = try converse(
            """
            pipeline {
                mail a@b.test => 250
                rcpt x@d.test => 250
                data => 354
            }
            """,
            on: driver
        )
        #expect(outcome.messages == ["RCPT: expected 250, got 550 5.1.1 no"])
        #expect(driver.log.contains("abort 1"))
    }

    @Test func `octets are sent as they are and lines with their end`() throws {
        let driver = FakeDriver()
        driver.answers["receive"] = [.reply("250 fine")]
        let outcome = try converse(
            "send \"NOOP x\" => 250\nsend raw \"a\\r\\nb\"\nreceive reply => 2xx as r\n"
                + "receive line as l\nexpect l == \"* line\"\nreceive bytes 3 as b\nexpect "
                + "b.count == 3",
            on: driver
        )
        #expect(outcome.messages == [])
        #expect(driver.log.contains("send \"NOOP x\\r\\n\""))
        #expect(driver.log.contains("send \"a\\r\\nb\""))
    }

    @Test func `the reply to a message has a limit of its own`() throws {
        func finding(_ settings: String, _ statement: String) throws -> Finding? {
            let driver = FakeDriver()
            driver.answers["receive"] = [.silence]
            driver.sessionState = "data"
            let text = "\(settings)test \"t\" timeout 30m {\nconnect smtp 127.0.0.1:2525\n"
            let script = try Compiled("\(text)send raw \".\\r\\n\"\n\(statement)\n}\n")
            return try script.run(driver).findings.first
        }
        let usual = try finding("", "receive reply")
        #expect(usual?.message == "receive: nothing whole came within 1m")
        #expect(usual?.notes.first == "the limit of 1m is that of the reply to a message: default")
        let patient = try finding("timeouts rfc5321\n", "receive reply")
        #expect(patient?.message == "receive: nothing whole came within 10m")
        let set = try finding("defaults {\nreply = 5s\nbody = 7s\n}\n", "send . => 250")
        #expect(set?.message == "receive: nothing whole came within 7s")
        let general = try finding("defaults {\nreply = 5s\n}\n", "receive reply")
        #expect(general?.message == "receive: nothing whole came within 5s")
        let own = try finding("timeouts rfc5321\n", "receive reply within 3s")
        #expect(own?.message == "receive: nothing whole came within 3s")
    }
}
