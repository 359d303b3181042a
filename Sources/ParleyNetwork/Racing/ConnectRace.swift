/// Several addresses of one peer, tried as RFC 8305 (“Happy Eyeballs”) says: one after the other,
/// the next when the last has failed or has had its delay, and the first that connects wins.
///
/// A pure state machine: whoever owns the sockets and the clock tells it what happens and does what
/// it answers. So the real and the simulated network race alike.
package struct ConnectRace {
    /// What is to be done.
    package enum Step {
        /// Begin the attempt of that number, then ask again when ``nextStart`` has come.
        case open(Int)
        /// Wait.
        case wait
        /// No address is left.
        case fail(TransportError)
    }

    /// The addresses in order.
    package private(set) var attempts: [ConnectAttempt]

    /// When the next attempt begins beside those that run; `nil` if none is left.
    package private(set) var nextStart: MonotonicTime?

    private let delay: Duration
    private let start: MonotonicTime
    private var next = 0
    private var running = 0
    private var isComplete: Bool

    /// A race over `endpoints`, at least one, that begins at `now`.
    ///
    /// - Parameter isComplete: whether these are all, or others follow (``add(_:isComplete:at:)``).
    package init(
        _ endpoints: [Endpoint],
        isComplete: Bool = true,
        delay: Duration,
        at now: MonotonicTime
    ) {
        attempts = endpoints.map { ConnectAttempt($0) }
        self.isComplete = isComplete
        self.delay = min(max(delay, .milliseconds(10)), .seconds(2))
        start = now
    }

    /// More addresses have become known (RFC 8305 §3): they take turns with those that wait.
    package mutating func add(
        _ endpoints: [Endpoint],
        isComplete: Bool,
        at now: MonotonicTime
    ) -> Step {
        self.isComplete = isComplete
        let waiting = attempts[next...].map(\.endpoint)
        // The one that runs has had its turn, so that the other family is next.
        let merged = Self.merge(endpoints, waiting).prefix(
            max(ConnectTarget.candidateLimit - next, 0)
        )
        attempts.replaceSubrange(next..., with: merged.map { ConnectAttempt($0) })
        guard running > 0 else { return begin(at: now) }
        if next < attempts.count, nextStart == nil {
            nextStart = max(now, start + attempts[next - 1].began + delay)
        }
        return .wait
    }

    private static func merge(_ first: [Endpoint], _ second: [Endpoint]) -> [Endpoint] {
        var merged: [Endpoint] = []
        for index in 0..<max(first.count, second.count) {
            if index < first.count { merged.append(first[index]) }
            if index < second.count { merged.append(second[index]) }
        }
        return merged
    }

    /// Begins the next attempt if there is one.
    package mutating func begin(at now: MonotonicTime) -> Step {
        guard next < attempts.count else {
            nextStart = nil
            return running == 0 && isComplete ? .fail(verdict) : .wait
        }
        let number = next
        next += 1
        running += 1
        attempts[number].outcome = .running
        attempts[number].began = now - start
        nextStart = next < attempts.count ? now + delay : nil
        return .open(number)
    }

    /// An attempt failed; the next begins at once (RFC 8305 §5).
    package mutating func failed(
        _ number: Int,
        _ error: TransportError,
        at now: MonotonicTime
    ) -> Step {
        guard attempts[number].outcome == .running else { return .wait }
        attempts[number].outcome = .failed(error.code, error.detail)
        running -= 1
        return begin(at: now)
    }

    /// An attempt succeeded: the others are over.
    package mutating func won(_ number: Int) {
        for index in attempts.indices where attempts[index].outcome == .running {
            attempts[index].outcome = index == number ? .connected : .abandoned
        }
        next = attempts.count
        nextStart = nil
    }

    /// The error that says most: a host that answered tells more than a way that does not exist.
    private var verdict: TransportError {
        let failures = attempts.compactMap { attempt -> (TransportError.Code, String)? in
            if case .failed(let code, let words) = attempt.outcome { (code, words) } else { nil }
        }
        let worst = Self.telling.lazy.compactMap { code in failures.first { $0.0 == code } }.first
        let (code, words) = worst ?? failures.first ?? (.local, "there is no address to connect to")
        return TransportError(code, words, attempts: attempts.count > 1 ? attempts : [])
    }

    private static let telling: [TransportError.Code] = [
        .refused, .reset, .timeout, .unreachable, .sourceInUse, .sourceUnavailable,
    ]
}
