import ParleyNetwork
import ParleyTesting

/// A server that no script wrote: it greets, and answers each line with the next thing it is given,
/// whatever the line says. It knows no DATA.
final class LineServer {
    /// What it does at a line.
    enum Answer {
        case say([UInt8])
        case drop
        case reset
        case silence
    }

    private var answers: ArraySlice<Answer>
    private var listener: (any Listener)?
    private(set) var connections = 0

    init(
        on network: SimulatedNetwork,
        at endpoint: Endpoint = Servers.address,
        greeting: [UInt8] = Array("220 mx.test ESMTP\r\n".utf8),
        _ answers: [Answer]
    ) throws {
        self.answers = answers[...]
        listener = try network.loop.listen(on: endpoint) { [self] transport in
            connections += 1
            network.loop.later { transport.write(greeting) }
            return Connection(of: self, over: transport)
        }
    }

    /// One of its connections; what is answered goes where the line came from.
    private final class Connection: TransportHandler {
        private let server: LineServer
        private let transport: any Transport

        init(of server: LineServer, over transport: any Transport) {
            self.server = server
            self.transport = transport
        }

        func transportConnected(_ transport: any Transport) {}

        func transportReceived(_ bytes: UnsafeRawBufferPointer) {
            for octet in bytes where octet == 0x0A {
                switch server.answers.popFirst() ?? .say(Array("221 bye\r\n".utf8)) {
                case .say(let octets): transport.write(octets)
                case .drop: transport.closeAfterWriting()
                case .reset: transport.reset()
                case .silence: break
                }
            }
        }

        func transportInputEnded() { transport.closeAfterWriting() }
        func transportClosed(_ error: TransportError?) {}
    }
}
