import ParleyEngine
import ParleyMachine
import ParleyNetwork
import ParleyTLS
import ParleyTesting
import Testing

/// A server of TLS that notes how much came with each segment.
private final class SegmentServer: TransportHandler {
    private let engine: TLSEngine
    private var transport: (any Transport)?
    private var listener: (any Listener)?
    /// How many segments came, and how many of them until the first plaintext.
    private(set) var segments = 0
    private(set) var segmentsUntilPlaintext: Int?

    init(on network: SimulatedNetwork, _ version: TLSVersion) throws {
        var options = TLSServerOptions()
        (options.minimumVersion, options.maximumVersion) = (version, version)
        let identity = try ThrowawayAuthority().issue(names: ["mx.test"])
        engine = try TLSEngine(server: TLSServerContext(identity, options: options))
        listener = try network.loop.listen(on: Servers.address) { transport in
            self.transport = transport
            return self
        }
    }

    func transportConnected(_ transport: any Transport) {}

    func transportReceived(_ bytes: UnsafeRawBufferPointer) {
        segments += 1
        engine.receive(bytes)
        engine.advance()
        if !engine.takePlaintext().isEmpty {
            if segmentsUntilPlaintext == nil { segmentsUntilPlaintext = segments }
            engine.write(Array("done\r\n".utf8))
        }
        let output = engine.takeOutput()
        if !output.isEmpty { transport?.write(output) }
    }

    func transportInputEnded() { transport?.closeAfterWriting() }
    func transportClosed(_ error: TransportError?) { transport = nil }
}

@Suite("The last flight of a handshake")
struct LastFlightTests {
    @Test("goes out in one segment with what is said next")
    func together() throws {
        let network = SimulatedNetwork(seed: 1)
        let server = try SegmentServer(on: network, .tls13)
        let run = try play(
            servers: "",
            test:
                "connect tls 127.0.0.1:25 verify none\nsend hello\nreceive line => matching /done/",
            on: network
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        #expect(server.segmentsUntilPlaintext == 2, "the ClientHello, and all the rest")
    }

    @Test("goes out at once where nothing is said")
    func alone() throws {
        let network = SimulatedNetwork(seed: 1)
        let server = try SegmentServer(on: network, .tls13)
        let run = try play(
            servers: "",
            test: "connect tls 127.0.0.1:25 verify none\nreceive line within 1s => timeout",
            on: network
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        #expect(server.segments >= 2 && server.segmentsUntilPlaintext == nil)
    }
}
