import ParleyMachine
import ParleyNetwork
import ParleyTLS
import ParleyTesting
import Testing

@Suite("A scripted server whose client closes")
struct ServerClosingTests {
    @Test("answers what came before the close_notify")
    func pipelined() throws {
        for (protocolName, port) in [("smtps", UInt16(465)), ("smtps", 466)] {
            let network = SimulatedNetwork(seed: UInt64(port))
            let client = try HastyClient(
                saying: "EHLO a.test\r\nNOOP\r\nVRFY x\r\n",
                network.loop
            )
            let endpoint = Endpoint.address(IPAddress(v4: 0x7F00_0001), port: port)
            let connect = Interference(at: .seconds(1)) { _, network in
                client.connect(endpoint)
            }
            let run = try play(
                servers:
                    "server mx \(protocolName) on 127.0.0.1:\(port) {\n on vrfy => 252 after 1s\n}",
                test: """
                    start mx
                    pause 5s
                    expect mx.log count noop == 1
                    expect mx.log count vrfy == 1
                    """,
                on: network,
                meanwhile: [connect]
            )
            #expect(run.verdict == .pass, "\(run.findings)")
            #expect(client.hasEnded, "the server closes when it has answered")
        }
    }
}

/// A client that says everything at once, together with its farewell.
private final class HastyClient: TransportHandler {
    private let loop: SimulatedLoop
    private let engine: TLSEngine
    private let words: [UInt8]
    private var transport: (any Transport)?
    private var hasSpoken = false
    private(set) var hasEnded = false

    init(saying words: String, _ loop: SimulatedLoop) throws {
        self.loop = loop
        self.words = Array(words.utf8)
        engine = try TLSEngine(
            client: TLSClientContext(TLSClientOptions()),
            serverName: nil,
            verifyName: nil,
            verification: .none
        )
    }

    func connect(_ endpoint: Endpoint) {
        transport = loop.connect(ConnectTarget(endpoint), handler: self)
    }

    func transportConnected(_ transport: any Transport) {
        engine.start()
        transport.write(engine.takeOutput())
    }

    func transportReceived(_ bytes: UnsafeRawBufferPointer) {
        engine.receive(bytes)
        if case .established = engine.advance(), !hasSpoken {
            hasSpoken = true
            engine.write(words)
            engine.close()
        }
        transport?.write(engine.takeOutput())
    }

    func transportInputEnded() {
        hasEnded = true
        transport?.close()
    }

    func transportClosed(_ error: TransportError?) {
        hasEnded = true
        transport = nil
    }
}
