import ParleyEngine
import ParleyMachine
import ParleyTesting
import Testing

@Suite("Verdicts and exit codes")
struct VerdictTests {
    private static func options(_ change: (inout RunOptions) -> Void) -> RunOptions {
        var options = RunOptions()
        change(&options)
        return options
    }

    @Test("fail then pass is flaky")
    func flaky() throws {
        // Each attempt has chances of its own; some seed fails first.
        let runs = try (1...20).map { seed in
            try play(
                """
                test "t" retry 50 {
                    expect random(4) == 0
                }
                """,
                options: Self.options { $0.seed = seed }
            )
        }
        let run = try #require(runs.first { $0.verdict != .pass })
        #expect(run.verdict == .flaky)
        #expect(run.summary.exitCode == 0)
        #expect(run.results.first.map { $0.attempts > 1 } == true)
        #expect(run.findings.contains { $0.reason == "assert.value" })
    }

    @Test("a retry is a fresh attempt, and the last one counts")
    func retries() throws {
        let run = try play(
            Servers.polite + "\ntest \"t\" retry 3 {\n\(Servers.greeting)noop => 251\n}"
        )
        #expect(run.verdict == .fail)
        #expect(run.results.first?.attempts == 4)
        #expect(run.connections == 4)
        #expect(run.failures.count == 1)
        let all = try play(
            Servers.polite + "\ntest \"t\" {\n\(Servers.greeting)noop => 251\n}",
            options: Self.options { $0.retries = 2 }
        )
        #expect(all.results.first?.attempts == 3)
    }

    @Test("a failed login and a mistake of the script are never tried again")
    func neverRetried() throws {
        let login = try play(
            """
            server mx smtp on 127.0.0.1:25 {
                on ehlo => 250 "mx" offers [AUTH PLAIN]
                on auth => 535 5.7.8 "no"
            }
            test "t" retry 3 {
                \(Servers.greeting)
                auth plain u wrong-password
            }
            """
        )
        #expect(login.reason == "auth.refused")
        #expect(login.connections == 1)
        let mistake = try play(
            Servers.polite
                + "\ntest \"t\" retry 3 {\n\(Servers.greeting)starttls\nexpect offers X\n}"
        )
        #expect(mistake.verdict == .error)
        #expect(mistake.connections == 1)
    }

    @Test("a test that fails as it should passes")
    func failsAsExpected() throws {
        let meant = try play(
            Servers.polite + "\ntest \"t\" fails smtp.reply {\n\(Servers.greeting)noop => 251\n}"
        )
        #expect(meant.verdict == .pass)
        #expect(meant.results.first?.failedAsExpected == true)
        #expect(meant.summary.exitCode == 0)
        let other = try play(
            Servers.polite + "\ntest \"t\" fails smtp.closed {\n\(Servers.greeting)noop => 251\n}"
        )
        #expect(other.verdict == .fail)
        #expect(
            other.message == "expected to fail with smtp.closed, but it ended with smtp.reply"
        )
        let passed = try play(
            Servers.polite + "\ntest \"t\" fails smtp.closed {\n\(Servers.greeting)noop\n}"
        )
        #expect(passed.message == "expected to fail with smtp.closed, but nothing failed")
        #expect(passed.summary.exitCode == 1)
    }

    @Test("skip ends the test, and counts only where nothing failed")
    func skip() throws {
        let skipped = try play(test: "skip \"not today\"\nfail \"no\"")
        #expect(skipped.verdict == .skip)
        #expect(skipped.findings.map(\.message) == ["not today"])
        #expect(skipped.summary.exitCode == 0)
        let failed = try play(test: "expect 1 == 2\nskip \"too late\"")
        #expect(failed.verdict == .fail)
    }

    @Test("warn and fail say what the script says")
    func remarks() throws {
        let run = try play(test: "warn \"odd\"\nfail \"broken\"\nlog \"never\"")
        #expect(run.findings.map(\.message) == ["odd", "broken"])
        #expect(run.verdict == .fail)
        #expect(run.logged.isEmpty)
    }

    @Test("measures warn and fail at their bounds")
    func measures() throws {
        let run = try play(
            test: Servers.greeting + """
                measure fine = 1s    fail > 2s
                measure slow = 3s    warn > 2s fail > 10s
                measure large = 30MB fail > 20MB
                """
        )
        #expect(run.findings.map(\.verdict) == [.warn, .fail])
        #expect(run.findings.map(\.reason) == ["assert.measure", "assert.measure"])
        #expect(run.message == "large is 31457280 (30 MiB), which is > 20971520 (20 MiB)")
    }

    @Test("cases run the test once each; no rows at all warn")
    func cases() throws {
        let run = try play(
            """
            cases name in ["a", "b", "c"]

            test "box ${name}" {
                expect name != "b"
            }
            """
        )
        #expect(run.results.map(\.info.title) == ["box a", "box b", "box c"])
        #expect(run.verdicts == [.pass, .fail, .pass])
        #expect(Set(run.results.map(\.info.identity)).count == 3)
    }

    @Test("tags choose and exclude")
    func tags() throws {
        let script = """
            test "a" tags [fast] {
                expect true
            }
            test "b" tags [fast, odd] {
                expect true
            }
            test "c" {
                expect true
            }
            """
        func titles(_ tags: [String]) throws -> [String] {
            try play(script, options: Self.options { $0.tags = tags }).results.map(\.info.title)
        }
        #expect(try titles([]) == ["a", "b", "c"])
        #expect(try titles(["fast"]) == ["a", "b"])
        #expect(try titles(["fast", "-odd"]) == ["a"])
        #expect(try titles(["-fast"]) == ["c"])
        let line = try play(script, options: Self.options { $0.lines = ["t.parley": 5] })
        #expect(line.results.map(\.info.title) == ["b"])
    }

    @Test("several jobs run side by side")
    func jobs() throws {
        let script = (0..<10).map { "test \"\($0)\" {\n pause 1s\n}\n" }.joined()
        #expect(try play(script, options: Self.options { $0.jobs = 5 }).seconds < 2.1)
        #expect(try play(script).seconds >= 10)
    }

    @Test("a script whose inputs are wrong runs nothing of any script")
    func inputs() throws {
        let fine = try compile("test \"fine\" {\n expect true\n}", path: "fine.parley")
        let wrong = try compile(
            "param host\nsecret pass = env PASS\ntest \"t\" {\n log \"${host}\"\n}",
            path: "wrong.parley"
        )
        let run = try play([fine, wrong], on: SimulatedNetwork(seed: 1))
        #expect(run.results.isEmpty)
        #expect(!run.runFindings.isEmpty)
        #expect(run.summary.exitCode == 2)
        let typo = try play(
            [fine],
            on: SimulatedNetwork(seed: 1),
            Self.options { $0.parameters = [("hots", "x")] }
        )
        #expect(typo.summary.exitCode == 2)
    }

    @Test("parameters come from --set, then the environment, then the profile, then the script")
    func parameters() throws {
        let script = """
            param smtp-host = d
            profile p {
                smtp-host = c
            }
            test "t" {
                log "${smtp-host}"
            }
            """
        var options = RunOptions()
        #expect(try play(script, options: options).logged == ["d"])
        options.profile = "p"
        #expect(try play(script, options: options).logged == ["c"])
        options.environment = ["PARLEY_SMTP_HOST": "b"]
        #expect(try play(script, options: options).logged == ["b"])
        options.parameters = [("smtp-host", "x"), ("smtp-host", "a")]
        #expect(try play(script, options: options).logged == ["a"])
    }

    @Test("the exit code is that of the gravest: 130, 2, 1, 3, 0")
    func precedence() throws {
        let fails = "test \"f\" {\n fail \"no\"\n}\n"
        let mistake = "test \"m\" {\n let n = 0\n let x = 1 / n\n}\n"
        let passes = "test \"p\" {\n warn \"w\"\n}\n"
        let here = """
            server mx smtps on 127.0.0.1:465 name mx.test {
            }
            test "h" {
                start mx
                connect smtps ${mx.address} ca missing.pem
            }

            """
        #expect(try play(passes).summary.exitCode == 0)
        #expect(try play(here).summary.exitCode == 3)
        #expect(try play(here + passes).summary.exitCode == 3)
        #expect(try play(here + fails).summary.exitCode == 1)
        #expect(try play(here + fails + mistake).summary.exitCode == 2)
        let interrupted = try play(
            mistake + "test \"w\" {\n pause 10s\n}",
            meanwhile: [.interrupt(at: .seconds(1))]
        )
        #expect(interrupted.summary.exitCode == 130)
    }

    @Test("the summary counts every verdict")
    func counts() throws {
        let run = try play(
            """
            test "p" {
                expect true
            }
            test "w" {
                warn "w"
            }
            test "f" {
                fail "f"
            }
            test "s" {
                skip "s"
            }
            """
        )
        #expect(run.summary.counts == [.pass: 1, .warn: 1, .fail: 1, .skip: 1])
    }

    @Test("before and after each run around every test")
    func fixtures() throws {
        let run = try play(
            Servers.polite + """

                before each {
                    \(Servers.greeting)
                }
                after each {
                    log "after"
                }
                test "a" {
                    mail a@b.test
                }
                test "b" {
                    mail a@b.test => 251
                }
                """
        )
        #expect(run.verdicts == [.pass, .fail])
        #expect(run.logged == ["after", "after"])
    }
}
