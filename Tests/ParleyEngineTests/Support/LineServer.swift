import ParleyNetwork
import ParleyTesting

/// A server that no script wrote: it greets, and answers each line with the next thing it is given,
/// whatever the line says. It knows no DATA.
final class LineServer: TransportHandler {
    /// What it does at a line.
    enum Answer {
        case say([UInt8])
        case drop
        case reset
        case silence
    }

    private let network: SimulatedNetwork
    private var answers: ArraySlice<Answer>
    private var transport: (any Transport)?
    private var listener: (any Listener)?
    private let greeting: [UInt8]
    private(set) var connections = 0

    init(
        on network: SimulatedNetwork,
        at endpoint: Endpoint = Servers.address,
        greeting: [UInt8] = Array("220 mx.test ESMTP\r\n".utf8),
        _ answers: [Answer]
    ) throws {
        self.network = network
        self.greeting = greeting
        self.answers = answers[...]
        listener = try network.loop.listen(on: endpoint) { [self] transport in
            self.transport = transport
            connections += 1
            network.loop.later { transport.write(self.greeting) }
            return self
        }
    }

    func transportConnected(_ transport: any Transport) {}

    func transportReceived(_ bytes: UnsafeRawBufferPointer) {
        for octet in bytes where octet == 0x0A {
            switch answers.popFirst() ?? .say(Array("221 bye\r\n".utf8)) {
            case .say(let octets): transport?.write(octets)
            case .drop: transport?.closeAfterWriting()
            case .reset: transport?.reset()
            case .silence: break
            }
        }
    }

    func transportInputEnded() { transport?.closeAfterWriting() }
    func transportClosed(_ error: TransportError?) {}
}
