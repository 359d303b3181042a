import ParleyMachine
import ParleyNetwork
import ParleyTesting
import Testing

@Suite("What is sent to a peer that does not read")
struct BackPressureTests {
    /// A statement that sends 8 KiB.
    private static let chunk = "send raw \"" + String(repeating: "x", count: 8192) + "\""

    private func play(_ statements: String, reading delay: Duration?) throws -> (Outcome, Int) {
        let network = SimulatedNetwork(seed: 1)
        var most = 0
        let server = try RawServer(on: network) { transport in
            transport.setReading(false)
            guard let delay else { return }
            network.loop.schedule(at: network.loop.now + delay) { transport.setReading(true) }
        }
        let run = try ParleyEngineTests.play(
            servers: "",
            test: "connect tcp 127.0.0.1:25\n" + statements,
            on: network
        )
        most = server.received.count
        return (run, most)
    }

    @Test("waits for the peer, and goes on when it reads")
    func waits() throws {
        let (run, count) = try play(
            "repeat 100 {\n\(Self.chunk)\n}\npause 5s",
            reading: .seconds(5)
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        #expect(run.seconds > 5, "it waited")
        #expect(count == 100 * 8192)
    }

    @Test("ends by the limit of the statement, with its stage, and never by memory")
    func limit() throws {
        let (run, _) = try play(
            "repeat 1000 {\n\(Self.chunk) within 3s\n}",
            reading: nil
        )
        #expect(run.verdict == .fail)
        #expect(run.reason == "tcp.reply.timeout")
        #expect(run.stage == "send")
        #expect(run.message == "send: the server did not take what was sent within 3s")
        #expect(run.seconds < 4)
        #expect(run.sent.joined().utf8.count <= 256 * 1024 + 65_536 + 3 * 8192)
    }

    @Test("is not queued behind what a former statement gave up on")
    func bounded() throws {
        let (run, _) = try play(
            "repeat 1000 {\n\(Self.chunk) => timeout or any within 1ms\n}",
            reading: nil
        )
        #expect(run.sent.joined().utf8.count <= 256 * 1024 + 65_536 + 3 * 8192)
    }

    @Test("in a loop of nothing else ends with the test's limit")
    func deadline() throws {
        let network = SimulatedNetwork(seed: 1)
        let server = try RawServer(on: network) { _ in }
        let run = try ParleyEngineTests.play(
            "test \"t\" timeout 100ms {\nconnect tcp 127.0.0.1:25\n"
                + "repeat 100000000 {\n\(Self.chunk)\n}\n}",
            on: network
        )
        _ = server
        #expect(run.reason == "time.test", "\(run.findings)")
        #expect(run.seconds < 1)
    }
}
