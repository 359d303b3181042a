import ParleyMachine
import ParleyNetwork
import Testing

@Suite struct FlowTests {
    @Test func `steps are told with their verdicts and name their findings`() throws {
        let driver = FakeDriver()
        let outcome = try run(
            "step \"outer\" {\n  step \"inner\" {\n    expect 1 == 2\n  }\n}\nstep \"fine\" {\n  "
                + "expect 1 == 1\n}",
            on: driver
        )
        #expect(outcome.findings.first?.steps == ["outer", "inner"])
        let told = driver.notes.compactMap { note in
            switch note {
            case .stepStarted(let title): "+\(title)"
            case .stepFinished(let title, let verdict): "-\(title) \(verdict)"
            default: nil
            }
        }
        #expect(told == ["+outer", "+inner", "-inner fail", "-outer fail", "+fine", "-fine pass"])
    }

    @Test func `loops go through ranges and lists, and repeat counts`() throws {
        let driver = FakeDriver()
        let outcome = try run(
            "for i in range(1, 3) {\n  log \"${i}\"\n}\nfor x in [\"a\", \"b\"] {\n  log x\n}\n"
                + "repeat 2 {\n  log \"r\"\n}\nif 1 == 2 {\n  log \"no\"\n} else {\n  log "
                + "\"yes\"\n}",
            on: driver
        )
        #expect(outcome.verdict == .pass)
        #expect(logged(driver) == ["1", "2", "3", "a", "b", "r", "r", "yes"])
    }

    @Test func `a scope closes its sessions, newest first`() throws {
        let driver = FakeDriver()
        let outcome = try run(
            "if 1 == 1 {\n  connect smtp 127.0.0.1:1 as a\n  connect smtp 127.0.0.1:2 as "
                + "b\n}\nlog \"x\"\n"
                + "connect smtp 127.0.0.1:3",
            on: driver
        )
        #expect(outcome.verdict == .pass)
        #expect(driver.log.filter { $0.hasPrefix("close") } == ["close 2", "close 1", "close 3"])
        #expect(
            driver.log.firstIndex(of: "close 1") ?? 9 < driver.log.firstIndex(
                of: "connect 127.0.0.1:3"
            ) ?? 0
        )
    }

    @Test func `finally runs however the block is left and never changes the verdict`() throws {
        let driver = FakeDriver()
        driver.answers["NOOP"] = [.reply("500 what")]
        let outcome = try converse(
            "require 1 == 2\nlet late = 1\nfinally {\n  log \"v ${late}\"\n  noop\n  rset\n}",
            on: driver
        )
        #expect(outcome.verdict == .fail)
        #expect(outcome.findings.map(\.verdict) == [.fail, .warn])
        #expect(driver.log.suffix(3) == ["NOOP", "RSET", "close 1"])
        #expect(logged(driver).contains { $0.contains("late") })
    }

    @Test func `finally runs on its own time when the test's has passed`() throws {
        let driver = FakeDriver()
        driver.answers["MAIL"] = [.silence]
        let script = """
            test "t" timeout 10s {
                connect smtp 127.0.0.1:2525
                mail a@b.test
                finally {
                    rset
                }
            }
            """
        let outcome = try Compiled(script).run(driver)
        #expect(outcome.reasons == ["time.test"])
        #expect(driver.log.suffix(2) == ["RSET", "close 1"])
    }

    @Test func `cancelling freezes the verdict, aborts what is awaited and cleans up`() throws {
        let driver = FakeDriver()
        driver.cancelAt = ("MAIL a@b.test", Cancellation(.interrupt))
        let outcome = try run(
            """
            connect smtp 127.0.0.1:1 as other
            connect smtp 127.0.0.1:2 as box
            if 1 == 1 {
                box: mail a@b.test
                finally {
                    other: rset
                    expect 1 == 2
                }
            }
            fail "never"
            """,
            on: driver
        )
        #expect(outcome.reasons.first == "run.interrupted")
        #expect(outcome.findings.dropFirst().allSatisfy { $0.verdict == .warn })
        #expect(driver.log.suffix(4) == ["MAIL a@b.test", "abort 2", "RSET", "close 1"])
    }

    @Test func `a block's limit ends only what it encloses`() throws {
        let driver = FakeDriver()
        driver.answers["RCPT"] = [.silence]
        let outcome = try converse("step \"s\" within 3s {\n  rcpt a@b.test\n}", on: driver)
        #expect(outcome.reasons == ["time.block"])
        #expect(outcome.messages == ["RCPT: the block’s limit of 3s passed"])
    }

    @Test func `an endless computation is ended by the test's limit`() throws {
        let driver = FakeDriver()
        let script = try Compiled(
            "test \"t\" timeout 1s {\n  for i in range(0, 100000000) {\n    let x = i + 1\n  }\n}\n"
        )
        let (instances, _) = script.instances()
        let instance = try #require(instances.first)
        let fiber = Fiber(
            program: script.program,
            instance: instance,
            context: script.context,
            attempt: 1,
            now: driver.now
        )
        var request = fiber.resume(.started, now: driver.now)
        for _ in 0..<3 {
            guard case .yield = request else { break }
            request = fiber.resume(.done, now: driver.now + .seconds(2))
        }
        guard case .finished = request else {
            Issue.record("did not end: \(request)")
            return
        }
        #expect(fiber.outcome.reasons == ["time.test"])
    }

    @Test func `servers start with their texts and stop with their test`() throws {
        let driver = FakeDriver()
        let script = """
            server grey smtp on 127.0.0.1:auto {
                greet => 220 "mx.test"
            }
            test "t" {
                start grey
                connect smtp ${grey.address}
                expect grey.log count rcpt == 0
            }
            """
        let outcome = try Compiled(script).run(driver)
        #expect(outcome.messages == [])
        #expect(driver.log == ["start grey", "connect 127.0.0.1:40123", "close 1", "stop grey"])
    }

    private func logged(_ driver: FakeDriver) -> [String] {
        driver.notes.compactMap { if case .logged(let text) = $0 { text } else { nil } }
    }
}
