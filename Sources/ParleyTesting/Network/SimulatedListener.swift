internal import ParleyNetwork

/// A listening endpoint of a ``SimulatedLoop``.
final class SimulatedListener: Listener {
    let endpoint: Endpoint
    let accept: (any Transport) -> any TransportHandler
    private weak var loop: SimulatedLoop?

    init(
        loop: SimulatedLoop,
        endpoint: Endpoint,
        accept: @escaping (any Transport) -> any TransportHandler
    ) {
        self.loop = loop
        self.endpoint = endpoint
        self.accept = accept
    }

    func close() {
        guard loop?.listeners[endpoint] === self else { return }
        loop?.listeners[endpoint] = nil
    }
}
