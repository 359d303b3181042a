import ParleyNetwork
import ParleyTesting
import Testing

/// The implementations that the contract holds for.
enum NetworkUnderTest: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case system
    case simulated
    case simulatedByteByByte
    case simulatedCoalesced

    var testDescription: String { rawValue }

    /// Runs `body` on a loop of a fresh network until it calls `finish`; ten seconds of the loop's
    /// time are too long.
    func run(
        _ body: @escaping @Sendable (_ stage: Stage, _ finish: @escaping () -> Void) throws -> Void
    ) async throws {
        let network: any Network
        let simulation: SimulatedNetwork?
        if self == .system {
            simulation = nil
            network = SystemNetwork()
        } else {
            let made = SimulatedNetwork(seed: 1)
            simulation = made
            network = made
        }
        let loop = try #require(network.loops.first)
        let fault = NetworkFault(segments: segments)
        let outcome = await withCheckedContinuation { continuation in
            loop.submit {
                let gate = Gate(continuation)
                gate.timer = loop.schedule(at: loop.now + .seconds(10)) { gate.open(.timedOut) }
                let stage = Stage(loop: loop, simulation: simulation, fault: fault)
                do {
                    try body(stage) { gate.open(.finished) }
                } catch {
                    gate.open(.failed("\(error)"))
                }
            }
            simulation?.runUntilIdle()
        }
        #expect(outcome == .finished)
        await network.shutDown()
    }

    /// Runs `prepare` with somebody who listens and a client, and lets them meet: the client
    /// connects, unless `prepare` connected it, and hears nothing before `connect` returns.
    ///
    /// - Parameter accept: what whoever listens makes of a connection; it echoes unless given.
    func meet(
        _ accept: @escaping @Sendable (Stage, any Transport) -> any TransportHandler = {
            Recorder.echo($1)
        },
        with prepare:
            @escaping @Sendable (
                _ stage: Stage, _ listener: any Listener, _ client: Recorder,
                _ finish: @escaping () -> Void
            ) throws -> Void
    ) async throws {
        try await run { stage, finish in
            let listener = try stage.listen { accept(stage, $0) }
            let client = Recorder()
            try prepare(stage, listener, client, finish)
            if client.transport == nil { stage.connect(listener.endpoint, client) }
            #expect(client.events.isEmpty)
        }
    }

    private var segments: NetworkFault.Segments {
        switch self {
        case .system, .simulated: .asWritten
        case .simulatedByteByByte: .singleBytes
        case .simulatedCoalesced: .coalesced
        }
    }
}

/// What a test of the contract works with, on the loop.
struct Stage {
    let loop: any Loop
    let simulation: SimulatedNetwork?
    let fault: NetworkFault

    /// Listens on a free port of `127.0.0.1`.
    func listen(accept: @escaping (any Transport) -> any TransportHandler) throws -> any Listener {
        let loopback = IPAddress(v4: 0x7F00_0001)
        let listener = try loop.listen(on: .address(loopback, port: 0), accept: accept)
        simulation?.setFault(fault, for: listener.endpoint)
        return listener
    }

    /// Connects with a recorder.
    @discardableResult
    func connect(_ endpoint: Endpoint, source: IPAddress? = nil, _ recorder: Recorder)
        -> any Transport
    {
        connect(ConnectTarget(endpoint, source: source), recorder)
    }

    /// Connects with a recorder in a way of its own.
    @discardableResult
    func connect(_ target: ConnectTarget, _ recorder: Recorder) -> any Transport {
        let transport = loop.connect(target, handler: recorder)
        recorder.transport = transport
        return transport
    }

    func after(_ duration: Duration, _ work: @escaping () -> Void) {
        _ = loop.schedule(at: loop.now + duration, work)
    }
}

/// Resumes a test once.
private final class Gate {
    enum Outcome: Equatable, Sendable {
        case finished
        case timedOut
        case failed(String)
    }

    private var continuation: CheckedContinuation<Outcome, Never>?
    var timer: (any LoopTimer)?

    init(_ continuation: CheckedContinuation<Outcome, Never>) {
        self.continuation = continuation
    }

    func open(_ outcome: Outcome) {
        timer?.cancel()
        continuation?.resume(returning: outcome)
        continuation = nil
    }
}
