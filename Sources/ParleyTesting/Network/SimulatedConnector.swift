internal import ParleyNetwork

/// One attempt to connect: looks the name up, then tries address after address.
struct SimulatedConnector {
    let loop: SimulatedLoop
    let transport: SimulatedTransport
    let target: ConnectTarget

    func start() {
        switch target.endpoint {
        case .address(let address, _):
            if let source = target.source, source.isIPv6 != address.isIPv6 {
                fail(TransportError(.local, "bind: Address family not supported by protocol (97)"))
            } else {
                attempt([target.endpoint][...])
            }
        case .unix:
            attempt([target.endpoint][...])
        case .name(let name, let port):
            loop.schedule(at: loop.now + .milliseconds(1)) { resolve(name, port) }
        }
    }

    private func resolve(_ name: String, _ port: UInt16) {
        switch loop.addresses(of: name) {
        case .failure(let error): fail(error)
        case .success(let addresses):
            let usable = addresses.filter {
                target.source == nil || target.source?.isIPv6 == $0.isIPv6
            }
            guard usable.isEmpty else {
                attempt(usable.map { .address($0, port: port) }[...])
                return
            }
            fail(TransportError(.local, "“\(name)” has no address of the source's family"))
        }
    }

    private func attempt(_ endpoints: ArraySlice<Endpoint>) {
        guard !transport.isClosing, let endpoint = endpoints.first else { return }
        let fault = loop.faults[endpoint] ?? NetworkFault()
        let latency = fault.latency ?? loop.drawLatency()
        switch fault.connecting {
        case .blackHole: return
        case .refuse: turnedDown(.refused, "Connection refused (111)")
        case .unreachable: turnedDown(.unreachable, "No route to host (113)")
        case .normal:
            loop.schedule(at: loop.now + latency) {
                guard !transport.isClosing else { return }
                guard let listener = loop.listener(at: endpoint) else {
                    turnedDown(.refused, "Connection refused (111)")
                    return
                }
                accept(listener, at: endpoint, fault, latency)
            }
        }

        func turnedDown(_ code: TransportError.Code, _ words: String) {
            loop.schedule(at: loop.now + latency) {
                guard endpoints.count > 1 else {
                    fail(TransportError(code, "connect: \(words)"))
                    return
                }
                attempt(endpoints.dropFirst())
            }
        }
    }

    private func accept(
        _ listener: SimulatedListener,
        at endpoint: Endpoint,
        _ fault: NetworkFault,
        _ latency: Duration
    ) {
        let server = SimulatedTransport(loop: loop, handler: nil)
        let local = localEndpoint(for: endpoint)
        SimulatedTransport.join(client: transport, server: server, fault: fault, latency: latency)
        // Before `accept`, so that a greeting arrives after the news of the connection.
        loop.schedule(at: loop.now + latency) { transport.connected(from: local, to: endpoint) }
        server.connected(from: endpoint, to: local)
        server.start(listener.accept(server))
    }

    private func localEndpoint(for endpoint: Endpoint) -> Endpoint {
        guard case .address(let address, _) = endpoint else { return .unix("") }
        let own = address.isLoopback && !address.isIPv6 ? IPAddress(v4: 0x7F00_0001) : address
        return .address(target.source ?? own, port: loop.ephemeralPort())
    }

    private func fail(_ error: TransportError) {
        loop.later { transport.finish(error) }
    }
}
