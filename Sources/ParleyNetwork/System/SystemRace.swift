internal import Glibc

/// The attempts of a connection to a peer with several addresses; see ``ConnectRace``.
final class SystemRace {
    fileprivate let transport: SystemTransport
    private let target: ConnectTarget
    private var race: ConnectRace
    private var attempts: [Int: Attempt] = [:]
    private var timer: (any LoopTimer)?
    private var isOver = false

    init(
        _ transport: SystemTransport,
        _ endpoints: [Endpoint],
        isComplete: Bool,
        _ target: ConnectTarget
    ) {
        self.transport = transport
        self.target = target
        race = ConnectRace(
            endpoints,
            isComplete: isComplete,
            delay: target.attemptDelay,
            at: transport.loop.now
        )
    }

    /// What was tried so far, where there is more than one address.
    var report: [ConnectAttempt] { race.attempts.count > 1 ? race.attempts : [] }

    /// More addresses have become known.
    func add(_ endpoints: [Endpoint], isComplete: Bool) {
        guard !isOver else { return }
        perform(race.add(endpoints, isComplete: isComplete, at: transport.loop.now))
    }

    func start() {
        perform(race.begin(at: transport.loop.now))
    }

    /// Closes what still runs; nothing is heard of it.
    func cancel() {
        isOver = true
        timer?.cancel()
        timer = nil
        for attempt in attempts.values { attempt.close() }
        attempts = [:]
    }

    private func perform(_ first: ConnectRace.Step) {
        var step = first
        while !isOver {
            switch step {
            case .wait: return arm()
            case .fail(let error):
                isOver = true
                return transport.fail(error)
            case .open(let number):
                do throws(TransportError) {
                    let endpoint = race.attempts[number].endpoint
                    let descriptor = try ConnectingSocket.open(endpoint, target)
                    let attempt = Attempt(self, number, descriptor)
                    attempts[number] = attempt
                    transport.loop.poller.add(attempt, descriptor, for: .connection)
                    return arm()
                } catch {
                    step = race.failed(number, error, at: transport.loop.now)
                }
            }
        }
    }

    private func arm() {
        timer?.cancel()
        timer = race.nextStart.map { time in
            transport.loop.schedule(at: time) {
                self.timer = nil
                guard !self.isOver else { return }
                self.perform(self.race.begin(at: self.transport.loop.now))
            }
        }
    }

    fileprivate func ended(_ attempt: Attempt, _ number: Int32, _ events: PollEvents) {
        guard !isOver, attempts.removeValue(forKey: attempt.number) != nil else { return }
        guard number == 0 else {
            attempt.close()
            let error = TransportError(errno: number, call: "connect", phase: .connecting)
            perform(race.failed(attempt.number, error, at: transport.loop.now))
            return
        }
        race.won(attempt.number)
        cancel()
        transport.adopt(attempt.descriptor, race.attempts[attempt.number].endpoint, events)
    }

    fileprivate func abandon() {
        guard !isOver else { return }
        transport.abandon()
    }
}

/// One socket of a race.
private final class Attempt: PollSource {
    let number: Int
    private(set) var descriptor: Int32
    private let race: SystemRace

    init(_ race: SystemRace, _ number: Int, _ descriptor: Int32) {
        self.race = race
        self.number = number
        self.descriptor = descriptor
    }

    func ready(_ events: PollEvents) {
        let isBroken = !events.isDisjoint(with: [.error, .hangup])
        guard isBroken || events.contains(.output) else { return }
        race.ended(self, isBroken ? SocketOption.pendingError(of: descriptor) : 0, events)
    }

    func abandon() {
        race.abandon()
    }

    func close() {
        race.transport.loop.poller.remove(descriptor)
        Glibc.close(descriptor)
    }
}
