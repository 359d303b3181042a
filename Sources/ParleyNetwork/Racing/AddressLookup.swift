/// The addresses of a name, asked for by family: IPv6 first, IPv4 at the same time (RFC 8305 §3).
///
/// ```
///   0 ms  AAAA? A?
///  20 ms  A: 192.0.2.7        wait for IPv6 until 70 ms
///  45 ms  AAAA: 2001:db8::7   connect to both, IPv6 first
/// ```
///
/// A pure state machine, as ``ConnectRace``: whoever owns the resolver and the clock tells it what
/// comes.
package struct AddressLookup {
    /// How long IPv4 waits for an answer about IPv6 (“Resolution Delay”, RFC 8305 §8).
    package static let resolutionDelay = Duration.milliseconds(50)

    /// What is to be done.
    package enum Step {
        /// Wait for an answer, or for ``deadline``.
        case wait
        /// Try these endpoints, beside those before; none where the last answer brought none.
        case connect([Endpoint])
        /// There is nothing to connect to.
        case fail(TransportError)
    }

    /// The families that are asked for, in the order of asking.
    package let families: [AddressFamily]

    /// When the connection begins without IPv6; `nil` if nothing is to be waited for but answers.
    package private(set) var deadline: MonotonicTime?

    /// Whether every answer is there.
    package var isComplete: Bool { pending.isEmpty }

    private let target: ConnectTarget
    private let name: String
    private let port: UInt16
    private var pending: Set<AddressFamily>
    private var found: [AddressFamily: [IPAddress]] = [:]
    private var failures: [TransportError] = []
    private var hasStarted = false

    /// A look-up of the target's name; `nil` if its endpoint is no name.
    package init?(_ target: ConnectTarget) {
        guard case .name(let name, let port) = target.endpoint else { return nil }
        self.target = target
        self.name = name
        self.port = port
        families = target.family.map { [$0] } ?? [.ipv6, .ipv4]
        pending = Set(families)
    }

    /// The answer for one family has come.
    package mutating func answered(
        _ family: AddressFamily,
        _ result: Result<[IPAddress], TransportError>,
        at now: MonotonicTime
    ) -> Step {
        guard pending.remove(family) != nil else { return .wait }
        switch result {
        case .success(let addresses): found[family] = addresses
        case .failure(let error): failures.append(error)
        }
        if hasStarted { return .connect(usable(family)) }
        guard !pending.isEmpty else { return start() }
        guard !usable(family).isEmpty else { return .wait }
        // Where IPv6 is of no use, nothing is lost by not waiting for it.
        guard family == .ipv4, target.source?.family != .ipv4 else { return start() }
        deadline = now + Self.resolutionDelay
        return .wait
    }

    /// The deadline has come.
    package mutating func delayPassed() -> Step {
        deadline == nil ? .wait : start()
    }

    // MARK: - Private

    private mutating func start() -> Step {
        hasStarted = true
        deadline = nil
        let addresses = families.flatMap { found[$0] ?? [] }
        guard !addresses.isEmpty else { return .fail(verdict) }
        do throws(TransportError) {
            return .connect(try target.candidates(of: name, addresses, port: port))
        } catch {
            return .fail(error)
        }
    }

    /// What can be connected to.
    private func usable(_ family: AddressFamily) -> [Endpoint] {
        (try? target.candidates(of: name, found[family] ?? [], port: port)) ?? []
    }

    /// The failure that says most: a resolver in trouble knows of no name that it does not exist,
    /// and a name with nothing of one family exists.
    private var verdict: TransportError {
        let telling: [TransportError.Code] = [
            .resources, .local, .resolverFailed, .nameHasNoAddress, .nameNotFound,
        ]
        let worst = telling.lazy.compactMap { code in
            failures.first { $0.code == code }
        }.first
        return worst ?? failures.first
            ?? TransportError(.nameHasNoAddress, "“\(name)” has no address")
    }
}
