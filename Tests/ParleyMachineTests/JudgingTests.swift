import ParleyDiagnostics
import ParleyMachine
import Testing

@Suite struct JudgingTests {
    @Test func `a failed expect goes on, a failed require does not`() throws {
        let driver = FakeDriver()
        let outcome = try converse("expect 1 == 2\nrequire 2 == 3 \"why\"\nrset", on: driver)
        #expect(outcome.reasons == ["assert.value", "assert.value"])
        #expect(outcome.messages == ["expected 1 == 2", "why"])
        #expect(!driver.log.contains("RSET"))
    }

    @Test func `offers shows the values of its parts and the nearest line`() throws {
        let outcome = try converse("expect offers SIZE >= 20MB")
        let finding = try #require(outcome.findings.first)
        #expect(finding.values.map(\.text) == ["false", "10240000 (9.8 MiB)", "20971520 (20 MiB)"])
        #expect(finding.nearest == "SIZE 10240000")
        let line = "    expect offers SIZE >= 20MB"
        let bytes = finding.place.source.bytes
        let start = finding.place.source.line(at: finding.place.range.start)
        #expect(finding.place.source.lineBytes(start).elementsEqual(line.utf8))
        let anchors = finding.values.map {
            String(decoding: bytes[$0.anchor...].prefix(4), as: UTF8.self)
        }
        #expect(anchors == ["offe", "SIZE", "20MB"])
    }

    @Test func `offers tests parameters and keywords`() throws {
        let outcome = try converse(
            "expect offers AUTH [plain]\nexpect offers SIZE >= 1MB\nexpect not offers STARTTLS\n"
                + "expect \"PIPELINING\" in capabilities.keywords"
        )
        #expect(outcome.messages == [])
    }

    @Test func `what is not known yet is an error, never false`() throws {
        let outcome = try run("connect smtp 127.0.0.1:2525\nexpect offers SIZE")
        #expect(outcome.verdict == .error)
        #expect(outcome.reasons == ["script.session"])
        #expect(try converse("expect tls.version >= TLSv1.2").reasons == ["script.session"])
        #expect(try converse("expect cert.remaining > 21d").reasons == ["script.session"])
    }

    @Test func `parts that were skipped show no value`() throws {
        let outcome = try run("let a = 1\nlet b = 2\nexpect a == 2 and b == 2")
        let finding = try #require(outcome.findings.first)
        #expect(finding.values.map(\.text) == ["1", "false", "false"])
    }

    @Test func `secrets are judged and never shown`() throws {
        var script = try Compiled(
            """
            secret pass = env PASS
            test "t" {
                expect base64(pass) == "x" "with ${pass}"
                log "it is ${pass}"
                expect "a${pass}" == pass
            }
            """
        )
        script.context.secrets = [.string("hunter22")]
        let driver = FakeDriver()
        let outcome = try script.run(driver)
        let text = "\(outcome.findings.map { "\($0.message) \($0.values)" }) \(driver.notes)"
        #expect(outcome.findings.count == 2)
        #expect(!text.contains("hunter22"))
        #expect(!text.contains("aHVudGVyMjI"))
        #expect(text.contains("‹secret›"))
    }

    @Test func `measures are told with their verdict`() throws {
        let driver = FakeDriver()
        let outcome = try run(
            "measure quick = 10ms warn > 1s fail > 2s\nmeasure slow = 1500ms warn > 1s fail > 2s\n"
                + "measure late = 3s warn > 1s fail > 2s",
            on: driver
        )
        #expect(outcome.messages == ["slow is 1.5s, which is > 1s", "late is 3s, which is > 2s"])
        #expect(outcome.findings.map(\.verdict) == [.warn, .fail])
        let told = driver.notes.compactMap { note in
            if case .measured(let name, let value, let unit, let verdict) = note {
                return "\(name) \(value) \(unit) \(verdict)"
            }
            return nil
        }
        #expect(
            told == [
                "quick 10000000.0 ns pass", "slow 1500000000.0 ns warn",
                "late 3000000000.0 ns fail",
            ]
        )
    }

    @Test func `skip ends the test, and counts unless something failed`() throws {
        let outcome = try run("skip \"not here\"\nfail \"never\"")
        #expect(outcome.verdict == .skip)
        #expect(outcome.messages == ["not here"])
        #expect(try run("expect 1 == 2\nskip \"x\"").verdict == .fail)
        #expect(try run("warn \"hm\"").verdict == .warn)
        #expect(try run("fail \"no\"\nlog \"x\"").endedEarly)
    }

    @Test func `mistakes that show at run time are errors`() throws {
        #expect(try run("let xs = [1, 2]\nexpect xs[5] == 1").reasons == ["script.value"])
        #expect(
            try run("let n = int(\"x1\")\nexpect n == 1").messages == [
                "\"x1\" is not a whole number"
            ]
        )
        let driver = FakeDriver()
        let outcome = try converse("let bad = \"a\\r\\nRCPT\"\nmail \"${bad}@b.test\"", on: driver)
        #expect(outcome.verdict == .error)
        #expect(!driver.log.contains { $0.hasPrefix("MAIL") })
    }
}
