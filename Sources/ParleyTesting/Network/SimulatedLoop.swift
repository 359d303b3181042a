internal import Glibc
public import ParleyNetwork
internal import Synchronization

/// The loop of a ``SimulatedNetwork``: virtual time and a queue of events.
///
/// Unchecked, because everything but ``submit(_:)`` and ``isCurrent`` happens on the thread that
/// drives the network.
public final class SimulatedLoop: Loop, @unchecked Sendable {
    static let origin = MonotonicTime(nanoseconds: 0)
    /// 2001-09-09T01:46:40Z, easily recognised in a report.
    static let wallClockOrigin: Int64 = 1_000_000_000_000_000_000

    /// The virtual time, zero at first.
    public private(set) var now = SimulatedLoop.origin

    /// How long offloaded work takes, in virtual time.
    public var offloadDuration = Duration.milliseconds(1)

    /// How often work was offloaded.
    public private(set) var offloadCount = 0

    var faults: [Endpoint: NetworkFault] = [:]
    var names: [String: [AddressFamily: NameAnswer]] = [:]
    var listeners: [Endpoint: SimulatedListener] = [:]
    var foreignSources: Set<IPAddress> = []

    private let events = TimerQueue()
    private let submitted = Mutex<[@Sendable () -> Void]>([])
    private let runner = Atomic<UInt>(0)
    private var generator: SeededGenerator
    private let latency: ClosedRange<Duration>
    private var lastEphemeralPort: UInt16 = 49_151

    init(seed: UInt64, latency: ClosedRange<Duration>) {
        generator = SeededGenerator(seed: seed)
        self.latency = latency
    }

    /// Virtual wall-clock time, from 2001-09-09T01:46:40Z on.
    public var wallClock: Int64 { Self.wallClockOrigin + now.nanoseconds }

    /// Whether the caller runs inside a callback of the loop.
    public var isCurrent: Bool { runner.load(ordering: .relaxed) == UInt(pthread_self()) }

    /// Runs `work` when the network next runs; callable from any thread.
    public func submit(_ work: @escaping @Sendable () -> Void) {
        submitted.withLock { $0.append(work) }
    }

    /// Runs `work` at the virtual time `deadline`.
    @discardableResult
    public func schedule(
        at deadline: MonotonicTime,
        _ work: @escaping () -> Void
    ) -> any LoopTimer {
        events.insert(at: max(deadline, now), work)
    }

    /// Runs `work` after the current callback, at the same virtual time.
    public func later(_ work: @escaping () -> Void) {
        _ = events.insert(at: now, work)
    }

    /// Runs `work` on the loop itself, ``offloadDuration`` from now.
    public func offload<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value,
        completion: @escaping (Value) -> Void
    ) {
        offloadCount += 1
        schedule(at: now + offloadDuration) { completion(work()) }
    }

    /// Connects to whoever listens on this loop.
    public func connect(
        _ target: ConnectTarget,
        handler: any TransportHandler
    ) -> any Transport {
        let transport = SimulatedTransport(loop: self, handler: handler)
        let connector = SimulatedConnector(loop: self, transport: transport, target: target)
        transport.connector = connector
        connector.start()
        return transport
    }

    /// Listens on this loop; a port of 0 becomes a free one.
    public func listen(
        on endpoint: Endpoint,
        accept: @escaping (any Transport) -> any TransportHandler
    ) throws(TransportError) -> any Listener {
        var endpoint = endpoint
        switch endpoint {
        case .address(let address, 0): endpoint = .address(address, port: ephemeralPort())
        case .name(let name, _):
            throw TransportError(.local, "listening needs an address, not the name “\(name)”")
        default: break
        }
        guard listeners[endpoint] == nil else {
            throw TransportError(.local, "bind \(endpoint): Address already in use (98)")
        }
        let listener = SimulatedListener(loop: self, endpoint: endpoint, accept: accept)
        listeners[endpoint] = listener
        return listener
    }
}

// MARK: - Driving

extension SimulatedLoop {
    func run(until deadline: MonotonicTime) {
        while step(until: deadline) {}
        now = max(now, deadline)
    }

    func runUntilIdle(limit: MonotonicTime) -> Bool {
        while step(until: limit) {}
        return events.nextDeadline == nil
    }

    /// Runs the next event if it is due at `deadline` or before; `false` if there is none.
    func step(until deadline: MonotonicTime) -> Bool {
        let work = submitted.withLock { work in
            defer { work = [] }
            return work
        }
        for work in work { events.append(work, at: now) }
        guard let next = events.nextDeadline, next <= deadline else { return false }
        now = max(now, next)
        guard let work = events.popDue(at: now) else { return false }
        let before = runner.exchange(UInt(pthread_self()), ordering: .relaxed)
        work()
        runner.store(before, ordering: .relaxed)
        return true
    }

    func removeAll() {
        events.removeAll()
        submitted.withLock { $0 = [] }
    }
}

// MARK: - What connections need

extension SimulatedLoop {
    func drawLatency() -> Duration {
        let range = latency.lowerBound.wholeNanoseconds...latency.upperBound.wholeNanoseconds
        return .nanoseconds(Int64.random(in: range, using: &generator))
    }

    func ephemeralPort() -> UInt16 {
        lastEphemeralPort = lastEphemeralPort == .max ? 49_152 : lastEphemeralPort + 1
        return lastEphemeralPort
    }

    /// Why a source address or port cannot be bound, if it cannot.
    func sourceError(_ target: ConnectTarget, _ endpoint: Endpoint) -> TransportError? {
        guard case .address(let address, _) = endpoint else { return nil }
        if let source = target.source, foreignSources.contains(source) {
            return TransportError(
                .sourceUnavailable,
                "bind \(source): Cannot assign requested address (99)"
            )
        }
        guard let port = target.sourcePort else { return nil }
        let source = Endpoint.address(target.source ?? .unspecified(address.family), port: port)
        guard listener(at: source) != nil else { return nil }
        return TransportError(.sourceInUse, "bind \(source): Address already in use (98)")
    }

    func listener(at endpoint: Endpoint) -> SimulatedListener? {
        if let listener = listeners[endpoint] { return listener }
        guard case .address(let address, let port) = endpoint else { return nil }
        let any = IPAddress(octets: [UInt8](repeating: 0, count: address.isIPv6 ? 16 : 4))
        return any.flatMap { listeners[.address($0, port: port)] }
    }

    /// What the resolver says of a name, and how long that takes.
    func answer(
        for name: String,
        _ family: AddressFamily
    ) -> (result: Result<[IPAddress], TransportError>, after: Duration) {
        if let known = names[name]?[family] { return (known.result, known.delay) }
        let words = "there is no “\(name)”"
        switch (name, family) {
        case ("localhost", .ipv4): return (.success([IPAddress(v4: 0x7F00_0001)]), .milliseconds(1))
        case ("localhost", .ipv6):
            let none = TransportError(.nameHasNoAddress, "“localhost” has no IPv6 address")
            return (.failure(none), .milliseconds(1))
        default: return (.failure(TransportError(.nameNotFound, words)), .milliseconds(1))
        }
    }
}

extension TimerQueue {
    fileprivate func append(_ work: @escaping () -> Void, at time: MonotonicTime) {
        _ = insert(at: time, work)
    }
}
