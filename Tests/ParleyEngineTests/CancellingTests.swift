import ParleyEngine
import ParleyMachine
import ParleyTesting
import Testing

@Suite("Cleaning up")
struct CancellingTests {
    private static let stalling = """
        server mx smtp on 127.0.0.1:25 {
            on noop => stall
            on rset => 250 after 20s
        }
        """

    @Test("runs behind a success and behind a failure, inner to outer")
    func order() throws {
        for (statement, verdict) in [("noop", Verdict.pass), ("noop => 251", .fail)] {
            let run = try play(
                test: Servers.greeting + """
                    step "s" {
                        \(statement)
                        finally {
                            log "inner"
                        }
                    }
                    finally {
                        log "outer"
                        quit
                    }
                    """
            )
            #expect(run.verdict == verdict, "\(run.findings)")
            #expect(run.logged == ["inner", "outer"])
            #expect(run.sent.last == "QUIT")
        }
    }

    @Test("never replaces the verdict; its own failures warn")
    func warns() throws {
        let run = try play(
            test: Servers.greeting + """
                mail a@b.test => 251
                finally {
                    rset => 251
                }
                """
        )
        #expect(run.verdict == .fail)
        #expect(run.findings.map(\.verdict) == [.fail, .warn])
        #expect(run.failures.map(\.stage) == ["MAIL"])
    }

    @Test("skips what never came to be")
    func unbound() throws {
        let run = try play(
            test: """
                start mx
                connect smtp ${mx.address} => 554 as hello
                connect smtp ${mx.address} as second
                finally {
                    second: quit
                    log "done"
                }
                """
        )
        #expect(run.verdict == .fail)
        #expect(run.failures.count == 1)
    }

    @Test("runs when the test's limit passes, on five seconds of its own")
    func budget() throws {
        let run = try play(
            Self.stalling + """

                test "t" timeout 2s {
                    start mx
                    connect smtp ${mx.address} as first
                    first: ehlo probe.test
                    connect smtp ${mx.address} as second
                    second: ehlo probe.test
                    first: noop
                    finally {
                        log "cleaning"
                        second: rset
                        log "never"
                    }
                }
                """
        )
        #expect(run.reason == "time.test")
        #expect(run.stage == "NOOP")
        #expect(run.logged.first == "cleaning")
        #expect(!run.logged.contains("never"))
        #expect(run.seconds > 6.9 && run.seconds < 7.3)
    }

    @Test("runs at an interrupt, and says goodbye where that is possible")
    func interrupt() throws {
        let run = try play(
            servers: Self.stalling,
            test: """
                start mx
                connect smtp ${mx.address} as quiet
                quiet: ehlo probe.test
                connect smtp ${mx.address} as busy
                busy: ehlo probe.test
                busy: noop
                finally {
                    log "cleaning"
                }
                """,
            meanwhile: [.interrupt(at: .seconds(3))]
        )
        #expect(run.summary.exitCode == 130)
        #expect(run.summary.wasInterrupted)
        #expect(run.results.count == 1, "the report is complete up to there")
        #expect(run.logged == ["cleaning"])
        #expect(run.sent.filter { $0 == "QUIT" }.count == 1)
        #expect(run.endings.contains("cancelled"))
        #expect(run.seconds < 3.5)
    }

    @Test("is cut short by a second interrupt")
    func secondInterrupt() throws {
        let run = try play(
            servers: Self.stalling,
            test: Servers.greeting + """
                noop
                finally {
                    connect smtp ${mx.address} as other
                    other: ehlo probe.test
                    other: rset within 30s
                }
                """,
            meanwhile: [.interrupt(at: .seconds(3)), .interrupt(at: .seconds(4))]
        )
        #expect(run.summary.exitCode == 130)
        #expect(run.results.count == 1)
        #expect(run.seconds < 4.5, "\(run.seconds)")
    }

    @Test("of a run that is interrupted before it begins leaves nothing behind")
    func early() throws {
        for time in [Duration.zero, .nanoseconds(1), .microseconds(300), .milliseconds(2)] {
            let run = try play(
                test: Servers.greeting + "noop\nquit",
                meanwhile: [.interrupt(at: time)]
            )
            #expect(run.summary.exitCode == 130)
            #expect(run.results.count <= 1)
        }
    }

    @Test("at an interrupt at any time leaves a whole report")
    func anyTime() throws {
        let statements =
            Servers.greeting + """
                starttls
                ehlo probe.test
                parallel {
                    step "one" {
                        connect smtp ${mx.address}
                        ehlo probe.test
                    }
                    step "two" {
                        connect smtp ${mx.address}
                        ehlo probe.test
                    }
                }
                eventually within 5s every 10ms {
                    rcpt grey@mx.test => 250
                }
                finally {
                    rset
                }
                """
        for time in 0..<50 {
            let run = try play(
                test: statements,
                meanwhile: [.interrupt(at: .milliseconds(time))]
            )
            #expect(run.summary.exitCode == 130 || run.seconds < Double(time) / 1000)
            #expect(run.results.count <= 1)
            let steps = run.events.reduce(into: 0) { depth, event in
                switch event.kind {
                case .note(.stepStarted): depth += 1
                case .note(.stepFinished): depth -= 1
                default: break
                }
            }
            #expect(steps == 0, "every step that began has ended, at \(time) ms")
        }
    }

    @Test("starts no further test behind an interrupt")
    func later() throws {
        let run = try play(
            Self.stalling
                + "\ntest \"a\" {\n\(Servers.greeting)noop\n}\ntest \"b\" {\n expect true\n}",
            meanwhile: [.interrupt(at: .seconds(1))]
        )
        #expect(run.results.map(\.info.title) == ["a"])
    }

    @Test("closes the sessions of a block at its end, and restores the one before")
    func scopes() throws {
        let run = try play(
            test: """
                start mx
                connect smtp ${mx.address} as outer
                ehlo outer.test
                repeat 2 {
                    connect smtp ${mx.address}
                    ehlo inner.test
                }
                noop
                pause 1s
                expect mx.log count quit == 2
                outer: noop
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        #expect(run.sent.filter { $0 == "QUIT" }.count == 3)
    }

    @Test("stops servers with their test")
    func servers() throws {
        let run = try play(
            Servers.polite + """

                test "a" {
                    start mx
                }
                test "b" {
                    connect smtp 127.0.0.1:25 => refused
                }
                test "c" {
                    start mx
                    connect smtp 127.0.0.1:25
                }
                """
        )
        #expect(run.verdicts == [.pass, .pass, .pass], "\(run.findings)")
    }

    @Test("at a join runs nothing behind it, no further round, and tells why it ended")
    func join() throws {
        let branches = """
            parallel {
                step "one" {
                    connect smtp ${mx.address}
                    ehlo probe.test
                    noop
                    finally {
                        log "inner"
                    }
                }
            }
            log "behind the join"
            """
        for (before, after) in [("", ""), ("eventually within 50s every 1s {\n", "\n}\n")] {
            let run = try play(
                servers: Self.stalling,
                test: "start mx\n" + before + branches + after + """

                    log "behind it all"
                    finally {
                        log "outer"
                    }
                    """,
                meanwhile: [.interrupt(at: .seconds(3))]
            )
            #expect(run.logged == ["inner", "outer"])
            #expect(run.failures.map(\.reason) == ["run.interrupted"], "\(run.findings)")
            #expect(run.seconds < 3.1)
        }
    }

    @Test("a second time at a join only closes, in the branches and around them")
    func joinTwice() throws {
        let run = try play(
            servers: Self.stalling,
            test: """
                start mx
                parallel {
                    step "one" {
                        connect smtp ${mx.address}
                        ehlo probe.test
                        noop
                        finally {
                            connect smtp ${mx.address} as other
                            other: rset
                            log "never"
                        }
                    }
                }
                finally {
                    log "never"
                }
                """,
            meanwhile: [.interrupt(at: .seconds(3)), .interrupt(at: .seconds(4))]
        )
        #expect(run.logged.isEmpty)
        #expect(run.failures.map(\.reason) == ["run.interrupted"])
        #expect(run.seconds < 4.1)
    }
}
