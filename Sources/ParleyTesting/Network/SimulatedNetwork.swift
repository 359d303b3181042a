public import ParleyNetwork

/// A network inside the process, with virtual time: what happens depends on the seed and on the
/// code under test, and on nothing else.
///
/// It has one loop, which runs only while ``run(until:)``, ``run(for:)`` or
/// ``runUntilIdle(limit:)`` does, on the caller's thread. Time jumps from event to event, so
/// waiting costs nothing. A test may call the loop's members before or between runs; only `submit`
/// may be called from other threads.
public final class SimulatedNetwork: Network {
    /// The one loop.
    public let loop: SimulatedLoop

    /// The one loop, as every ``ParleyNetwork/Network`` has them.
    public var loops: [any Loop] { [loop] }

    /// A network whose latencies are drawn from `latency` by a generator seeded with `seed`.
    public init(
        seed: UInt64,
        latency: ClosedRange<Duration> = .microseconds(200) ... .milliseconds(5)
    ) {
        loop = SimulatedLoop(seed: seed, latency: latency)
    }

    /// Virtual time passed since the network was made.
    public var elapsed: Duration { loop.now - SimulatedLoop.origin }

    /// Runs what is due up to `deadline`, which is then the time.
    public func run(until deadline: MonotonicTime) {
        loop.run(until: deadline)
    }

    /// Runs what is due within `duration` from now.
    public func run(for duration: Duration) {
        loop.run(until: loop.now + duration)
    }

    /// Runs until nothing is scheduled any more, timers included.
    ///
    /// - Parameter limit: Virtual time after which it gives up.
    /// - Returns: Whether nothing is left; `false` if something is still scheduled after `limit`.
    @discardableResult
    public func runUntilIdle(limit: Duration = .seconds(86_400)) -> Bool {
        loop.runUntilIdle(limit: loop.now + limit)
    }

    /// Runs until `condition` holds, checking it after every event.
    ///
    /// - Returns: Whether it holds; `false` if nothing is left to happen within `limit`.
    @discardableResult
    public func run(
        limit: Duration = .seconds(86_400),
        untilTrue condition: () -> Bool
    ) -> Bool {
        let end = loop.now + limit
        while !condition() {
            guard loop.step(until: end) else { return condition() }
        }
        return true
    }

    /// Orders what happens to connections made to `endpoint` from now on.
    public func setFault(_ fault: NetworkFault, for endpoint: Endpoint) {
        loop.faults[endpoint] = fault
    }

    /// Gives `name` the addresses that a look-up finds; none is `nameHasNoAddress`, and a name that
    /// was given none does not exist. `localhost` is `127.0.0.1`.
    public func setAddresses(_ addresses: [IPAddress], for name: String) {
        for family in AddressFamily.allCases {
            setAddresses(
                addresses.filter { $0.family == family },
                of: family,
                for: name,
                after: .milliseconds(1)
            )
        }
    }

    /// Gives `name` the addresses of one family, which a look-up finds after so long.
    public func setAddresses(
        _ addresses: [IPAddress],
        of family: AddressFamily,
        for name: String,
        after delay: Duration
    ) {
        let words = "“\(name)” has no \(family.title) address"
        loop.names[name, default: [:]][family] = NameAnswer(
            result: addresses.isEmpty
                ? .failure(TransportError(.nameHasNoAddress, words)) : .success(addresses),
            delay: delay
        )
    }

    /// Lets the look-up of `name` fail.
    public func setFailure(_ error: TransportError, for name: String) {
        for family in AddressFamily.allCases { setFailure(error, of: family, for: name) }
    }

    /// Lets the look-up of one family of `name` fail after so long.
    public func setFailure(
        _ error: TransportError,
        of family: AddressFamily,
        for name: String,
        after delay: Duration = .milliseconds(1)
    ) {
        loop.names[name, default: [:]][family] = NameAnswer(result: .failure(error), delay: delay)
    }

    /// Makes an address none of this machine's, so that nothing can be sent from it.
    public func setForeign(_ source: IPAddress) {
        loop.foreignSources.insert(source)
    }

    /// Forgets everything that is scheduled.
    public func shutDown() async {
        loop.removeAll()
    }
}
