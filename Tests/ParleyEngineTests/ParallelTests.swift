import ParleyEngine
import ParleyMachine
import ParleyTesting
import Testing

@Suite("Branches")
struct ParallelTests {
    @Test("run by the thousand, each with a session of its own")
    func thousand() throws {
        let run = try play(
            test: """
                start mx
                for n in range(1, 1000) parallel 1000 {
                    connect smtp ${mx.address}
                    ehlo probe.test
                    mail a@probe.test
                    rcpt box-${n}@mx.test
                    quit
                }
                expect mx.log count rcpt == 1000
                expect mx.log count connect == 1000
                """
        )
        #expect(run.verdict == .pass, "\(run.findings.prefix(3))")
        #expect(run.seconds < 1, "side by side")
        let branches = Set(run.events.map(\.branch))
        #expect(branches.count == 1001)
    }

    @Test("run at most as many at a time as the script says")
    func width() throws {
        let servers = "server mx smtp on 127.0.0.1:25 {\n greet => 220 after 1s\n}"
        let run = try play(
            servers: servers,
            test: """
                start mx
                for n in range(1, 10) parallel 5 {
                    connect smtp ${mx.address}
                }
                """
        )
        #expect(run.seconds >= 2 && run.seconds < 2.5)
    }

    @Test("fail for themselves; the others finish, and the test stops at the join, in source order")
    func failing() throws {
        let run = try play(
            test: """
                start mx
                parallel {
                    step "one" {
                        connect smtp ${mx.address}
                        pause 2s
                        ehlo probe.test
                        mail a@b.test => 251
                    }
                    step "two" {
                        connect smtp ${mx.address}
                        ehlo probe.test => 251
                    }
                    step "three" {
                        pause 3s
                        log "three is done"
                    }
                }
                log "behind the join"
                """
        )
        #expect(run.verdict == .fail)
        #expect(run.failures.map(\.stage) == ["MAIL", "EHLO"])
        #expect(run.logged == ["three is done"])
    }

    @Test("by the hundred that all fail are all reported, each once")
    func allFail() throws {
        let run = try play(
            test: """
                start mx
                for n in range(1, 300) parallel 100 {
                    connect smtp ${mx.address} => 554
                }
                """
        )
        #expect(run.failures.count == 300)
        #expect(Set(run.failures.map(\.reason)) == ["smtp.banner"])
    }

    @Test("are cancelled by the limit around them, each with its stage, and clean up")
    func cancelled() throws {
        let run = try play(
            servers: """
                server mx smtp on 127.0.0.1:25 {
                    on noop => stall
                }
                """,
            test: """
                start mx
                parallel within 2s {
                    step "one" {
                        connect smtp ${mx.address}
                        ehlo probe.test
                        noop
                        finally {
                            log "one cleaned up"
                        }
                    }
                    step "two" {
                        connect smtp ${mx.address}
                        ehlo probe.test
                        noop
                    }
                    step "three" {
                        connect smtp ${mx.address}
                    }
                }
                """
        )
        #expect(run.verdict == .fail)
        #expect(Set(run.failures.map(\.reason)) == ["time.block"])
        #expect(run.failures.map(\.stage) == ["NOOP", "NOOP"])
        #expect(run.logged == ["one cleaned up"])
        #expect(run.seconds < 2.2)
    }

    @Test("are cancelled by the test's limit")
    func testLimit() throws {
        let run = try play(
            """
            server mx smtp on 127.0.0.1:25 {
                greet => stall
            }
            test "t" timeout 3s {
                start mx
                for n in range(1, 100) parallel 10 {
                    connect smtp ${mx.address}
                }
            }
            """
        )
        #expect(run.verdict == .fail)
        #expect(Set(run.failures.map(\.reason)) == ["time.test"], "\(run.findings.first as Any)")
        #expect(run.seconds < 3.2)
        #expect(run.connections == 10)
    }

    @Test("may nest")
    func nested() throws {
        let run = try play(
            test: """
                start mx
                for n in range(1, 5) parallel 5 {
                    for m in range(1, 5) parallel 5 {
                        connect smtp ${mx.address}
                        quit
                    }
                }
                expect mx.log count quit == 25
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("that end at once do not exhaust the stack")
    func many() throws {
        let run = try play(
            """
            test "t" {
                for n in range(1, 20000) parallel 3 {
                    let m = n + 1
                }
            }
            """
        )
        #expect(run.verdict == .pass)
    }
}
