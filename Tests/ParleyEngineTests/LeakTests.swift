import ParleyEngine
import ParleyNetwork
import ParleyTesting
import Testing

@Suite("After a run", .timeLimit(.minutes(1)))
struct LeakTests {
    /// Everything that sessions, fibers and servers can be left in the middle of.
    private static let script = """
        server mx smtp on 127.0.0.1:25 name mx.test {
            on ehlo => 250 "mx" offers [PIPELINING, STARTTLS]
            on noop => stall
            on help => raw "214-x\\r\\n" repeat 100000 dribble 1B every 1s
            on rset => drop
        }
        test "branches" timeout 20s {
            start mx
            for n in range(1, 3) parallel 2 {
                connect smtp ${mx.address} name mx.test
                ehlo probe.test
                starttls
                ehlo probe.test
            }
            parallel {
                step "one" {
                    connect smtp ${mx.address}
                    noop within 1s
                }
                step "two" {
                    connect smtp ${mx.address}
                    help within 1s
                }
            }
        }
        test "rounds" timeout 20s {
            start mx
            connect smtp ${mx.address} as outer
            eventually within 2s every 1s {
                connect smtp ${mx.address}
                rset
            }
            finally {
                outer: quit
            }
        }
        test "limit" timeout 2s {
            start mx
            connect smtp ${mx.address}
            pipeline force {
                noop
                noop
            }
        }
        test "refused" {
            connect smtp 127.0.0.1:26
        }
        """

    @Test("nothing holds its sessions, fibers and servers any more")
    func simulated() throws {
        weak var loop: SimulatedLoop?
        for interferences in [[], [.interrupt(at: .seconds(1))]] as [[Interference]] {
            // Every session, fiber with a session or server, and server holds the run's sink.
            weak var sink: RecordingSink?
            do {
                let network = SimulatedNetwork(seed: 1)
                loop = network.loop
                try {
                    let made = RecordingSink()
                    sink = made
                    try play(
                        [compile(Self.script)],
                        on: network,
                        into: made,
                        RunOptions(),
                        interferences
                    )
                }()
                #expect(network.runUntilIdle(limit: .seconds(600)))
                #expect(sink == nil)
            }
            #expect(loop == nil)
        }
    }

    @Test("nothing holds them on real sockets either, nor the loops")
    func system() async throws {
        let script = try compile(Self.script.replacing("127.0.0.1:25", with: "127.0.0.1:auto"))
        weak var sink: RecordingSink?
        weak var loop: (any Loop)?
        func run() async {
            let network = SystemNetwork(loopCount: 1)
            let made = RecordingSink()
            sink = made
            loop = network.loops.first
            _ = await Runner(network: network, sink: made, options: RunOptions()).run([script])
            await network.shutDown()
        }
        await run()
        // A thread that is ending still holds its loop for a moment.
        while sink != nil || loop != nil { await Task.yield() }
    }
}
