import ParleyEngine
import ParleyMachine
import ParleyNetwork
import Testing

@Suite("On real sockets of loopback", .timeLimit(.minutes(1)))
struct LoopbackTests {
    private func run(_ text: String, loops: Int = 1) async throws -> Outcome {
        let script = try compile(text)
        let network = SystemNetwork(loopCount: loops)
        let sink = RecordingSink()
        var options = RunOptions()
        options.jobs = loops
        let summary = await Runner(network: network, sink: sink, options: options).run([script])
        await network.shutDown()
        return Outcome(events: sink.events, summary: summary)
    }

    private static let polite = Servers.polite.replacing("127.0.0.1:25", with: "127.0.0.1:auto")

    @Test("a whole dialogue passes, TLS and a message included")
    func everything() async throws {
        let run = try await run(
            Self.polite + """

                test "t" timeout 20s {
                    \(Servers.greeting)
                    starttls
                    ehlo probe.test
                    auth plain tour wonderland
                    pipeline {
                        mail a@probe.test
                        rcpt b@mx.test
                        data
                    }
                    send .  => 250
                    quit
                }
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("a hundred branches on two loops pass")
    func branches() async throws {
        let test = """
            {
                start mx
                for n in range(1, 50) parallel 50 {
                    connect smtp ${mx.address}
                    ehlo probe.test
                    quit
                }
                expect mx.log count quit == 50
            }

            """
        let run = try await run(
            Self.polite + "\ntest \"a\" timeout 20s \(test)test \"b\" timeout 20s \(test)",
            loops: 2
        )
        #expect(run.verdicts == [.pass, .pass], "\(run.findings.first as Any)")
    }

    @Test("closes, resets, silence and refusals are told apart")
    func failures() async throws {
        let run = try await run(
            """
            server mx smtp on 127.0.0.1:auto {
                on noop => drop
                on rset => reset
                on help => stall
            }
            test "closed" fails smtp.closed {
                start mx
                connect smtp ${mx.address}
                noop
            }
            test "reset" fails net.reset {
                start mx
                connect smtp ${mx.address}
                rset
            }
            test "silent" fails smtp.reply.timeout {
                start mx
                connect smtp ${mx.address}
                help within 30ms
            }
            test "nobody" fails net.refused {
                start mx
                connect smtp ${mx.address}
                quit
                stop mx
                connect smtp ${mx.address} as second
            }
            test "too much talk" fails limit.reply {
                server flood smtp on 127.0.0.1:auto {
                    on ehlo => raw "250-again\\r\\n" repeat 1000000
                }
                start flood
                connect smtp ${flood.address}
                ehlo probe.test
            }
            """
        )
        #expect(run.verdicts == Array(repeating: .pass, count: 5), "\(run.findings)")
    }

    @Test("an interrupt ends the run, and the report is whole")
    func interrupt() async throws {
        let script = try compile(
            """
            server mx smtp on 127.0.0.1:auto {
                on noop => stall
            }
            test "t" {
                start mx
                connect smtp ${mx.address}
                helo probe.test
                log "ready"
                noop
                finally {
                    log "cleaned up"
                }
            }
            """
        )
        let network = SystemNetwork()
        let (ready, continuation) = AsyncStream.makeStream(of: Void.self)
        let sink = TellingSink { event in
            if case .note(.logged("ready")) = event.kind { continuation.yield() }
        }
        let runner = Runner(network: network, sink: sink, options: RunOptions())
        async let summary = runner.run([script])
        for await _ in ready { break }
        runner.interrupt()
        #expect(await summary.exitCode == 130)
        let run = Outcome(events: sink.recording.events, summary: await summary)
        await network.shutDown()
        #expect(run.logged == ["ready", "cleaned up"])
        #expect(run.results.count == 1)
    }
}

/// Records, and tells somebody.
private final class TellingSink: EventSink {
    let recording = RecordingSink()
    private let tell: @Sendable (RunEvent) -> Void

    init(_ tell: @escaping @Sendable (RunEvent) -> Void) {
        self.tell = tell
    }

    var wantsDialogue: Bool { true }

    func receive(_ event: RunEvent) {
        recording.receive(event)
        tell(event)
    }
}
