import ParleyNetwork
import ParleyTesting

/// A server that no script wrote: what a test wants of the transport itself.
final class RawServer: TransportHandler {
    private let whenConnected: (any Transport) -> Void
    /// What has arrived.
    private(set) var received: [UInt8] = []
    private(set) var transport: (any Transport)?
    private var listener: (any Listener)?

    /// Listens where ``Servers/polite`` would.
    init(
        on network: SimulatedNetwork,
        at endpoint: Endpoint = Servers.address,
        whenConnected: @escaping (any Transport) -> Void
    ) throws {
        self.whenConnected = whenConnected
        listener = try network.loop.listen(on: endpoint) { transport in
            self.transport = transport
            network.loop.later { whenConnected(transport) }
            return self
        }
    }

    func transportConnected(_ transport: any Transport) {}
    func transportReceived(_ bytes: UnsafeRawBufferPointer) { received += bytes }
    func transportInputEnded() { transport?.closeAfterWriting() }
    func transportClosed(_ error: TransportError?) { transport = nil }
}
