internal import ParleyNetwork

/// The attempts to connect one transport: looks the name up, then races its addresses.
final class SimulatedConnector {
    private let loop: SimulatedLoop
    private let transport: SimulatedTransport
    private let target: ConnectTarget
    private var lookup: NameLookup?
    private var race: ConnectRace?
    private var timer: (any LoopTimer)?
    private var isOver = false

    init(loop: SimulatedLoop, transport: SimulatedTransport, target: ConnectTarget) {
        self.loop = loop
        self.transport = transport
        self.target = target
    }

    /// What was tried so far, where there is more than one address.
    var report: [ConnectAttempt] {
        guard let race, race.attempts.count > 1 else { return [] }
        return race.attempts
    }

    func start() {
        guard case .name(let name, _) = target.endpoint else {
            do throws(TransportError) {
                begin(try target.candidates(), isComplete: true)
            } catch {
                fail(error)
            }
            return
        }
        lookup = NameLookup(target, on: loop) { [self] step, isComplete in
            switch step {
            case .wait: break
            case .fail(let error): fail(error)
            case .connect(let endpoints): begin(endpoints, isComplete: isComplete)
            }
        }
        lookup?.start { [loop] family, answer in
            let (result, delay) = loop.answer(for: name, family)
            loop.schedule(at: loop.now + delay) { answer(result) }
        }
    }

    /// Nothing more is tried.
    func cancel() {
        isOver = true
        lookup?.cancel()
        timer?.cancel()
        timer = nil
    }

    /// Begins with these, or goes on with them, too.
    private func begin(_ endpoints: [Endpoint], isComplete: Bool) {
        guard !isOver else { return }
        if let step = race?.add(endpoints, isComplete: isComplete, at: loop.now) {
            perform(step)
            return
        }
        race = ConnectRace(
            endpoints,
            isComplete: isComplete,
            delay: target.attemptDelay,
            at: loop.now
        )
        next()
    }

    /// Begins the next attempt.
    private func next() {
        guard let step = race?.begin(at: loop.now) else { return }
        perform(step)
    }

    private func perform(_ step: ConnectRace.Step) {
        switch step {
        case .wait: break
        case .fail(let error): fail(error)
        case .open(let number):
            guard let endpoint = race?.attempts[number].endpoint else { return }
            open(endpoint, number)
        }
        guard !isOver else { return }
        timer?.cancel()
        timer = race?.nextStart.map { time in
            loop.schedule(at: time) {
                self.timer = nil
                if !self.isOver { self.next() }
            }
        }
    }

    private func open(_ endpoint: Endpoint, _ number: Int) {
        let fault = loop.faults[endpoint] ?? NetworkFault()
        let latency = fault.latency ?? loop.drawLatency()
        if let error = loop.sourceError(target, endpoint) {
            turnedDown(number, after: .zero, error.code, error.detail)
            return
        }
        switch fault.connecting {
        case .blackHole: return
        case .refuse: turnedDown(number, after: latency, .refused, Self.refusal)
        case .unreachable:
            turnedDown(number, after: latency, .unreachable, "connect: No route to host (113)")
        case .normal:
            loop.schedule(at: loop.now + latency) {
                guard !self.isOver else { return }
                guard let listener = self.loop.listener(at: endpoint) else {
                    self.turnedDown(number, after: latency, .refused, Self.refusal)
                    return
                }
                self.accept(listener, at: endpoint, number, fault, latency)
            }
        }
    }

    private static let refusal = "connect: Connection refused (111)"

    private func turnedDown(
        _ number: Int,
        after latency: Duration,
        _ code: TransportError.Code,
        _ words: String
    ) {
        loop.schedule(at: loop.now + latency) {
            guard !self.isOver else { return }
            let error = TransportError(code, words)
            if let step = self.race?.failed(number, error, at: self.loop.now) { self.perform(step) }
        }
    }

    private func accept(
        _ listener: SimulatedListener,
        at endpoint: Endpoint,
        _ number: Int,
        _ fault: NetworkFault,
        _ latency: Duration
    ) {
        race?.won(number)
        cancel()
        let server = SimulatedTransport(loop: loop, handler: nil)
        let local = localEndpoint(for: endpoint)
        SimulatedTransport.join(client: transport, server: server, fault: fault, latency: latency)
        // Before `accept`, so that a greeting arrives after the news of the connection.
        let transport = transport
        loop.schedule(at: loop.now + latency) { transport.connected(from: local, to: endpoint) }
        server.connected(from: endpoint, to: local)
        server.start(listener.accept(server))
    }

    private func localEndpoint(for endpoint: Endpoint) -> Endpoint {
        guard case .address(let address, _) = endpoint else { return .unix("") }
        let own = address.isLoopback && !address.isIPv6 ? IPAddress(v4: 0x7F00_0001) : address
        return .address(target.source ?? own, port: target.sourcePort ?? loop.ephemeralPort())
    }

    private func fail(_ error: TransportError) {
        cancel()
        let transport = transport
        loop.later { transport.finish(error) }
    }
}
