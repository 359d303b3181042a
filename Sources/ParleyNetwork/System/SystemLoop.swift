internal import Glibc
internal import Synchronization

/// A loop of ``SystemNetwork``: one thread that waits for its sockets, timers and mail.
///
/// Unchecked, because everything but ``submit(_:)`` and ``isCurrent`` happens on its thread.
final class SystemLoop: Loop, @unchecked Sendable {
    /// How often what is put off may put off more before the sockets are looked at again.
    private static let roundsPerTurn = 8

    let poller = Poller()
    /// Where bytes are read to; one buffer for all connections, so that an idle one holds none.
    let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

    private let pool: OffloadPool
    private let timers = TimerQueue()
    private var deferred: [() -> Void] = []
    private let mail = Mutex<Mail>(Mail())
    private let thread = Atomic<UInt>(0)

    private struct Mail {
        var items: [@Sendable () -> Void] = []
        var isClosed = false
        var whenStopped: [CheckedContinuation<Void, Never>] = []
    }

    init(pool: OffloadPool) {
        self.pool = pool
        let isStarted = SystemThread.start { self.run() }
        precondition(isStarted, "no thread for an event loop")
    }

    deinit {
        input.deallocate()
    }

    var now: MonotonicTime {
        MonotonicTime(nanoseconds: Self.read(CLOCK_MONOTONIC))
    }

    var wallClock: Int64 { Self.read(CLOCK_REALTIME) }

    var isCurrent: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }

    func submit(_ work: @escaping @Sendable () -> Void) {
        let isFirst = mail.withLock { mail in
            guard !mail.isClosed else { return false }
            mail.items.append(work)
            return mail.items.count == 1
        }
        // The loop looks into its mail before it sleeps.
        if isFirst, !isCurrent { poller.wake() }
    }

    func later(_ work: @escaping () -> Void) {
        deferred.append(work)
    }

    func schedule(at deadline: MonotonicTime, _ work: @escaping () -> Void) -> any LoopTimer {
        timers.insert(at: deadline, work)
    }

    func offload<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value,
        completion: @escaping (Value) -> Void
    ) {
        let completion = LoopBound(value: completion)
        let isAccepted = pool.submit {
            let value = work()
            self.submit { completion.value(value) }
        }
        assert(isAccepted, "work was offloaded after the network was shut down")
    }

    /// Ends the thread, once every connection has been abandoned.
    func stop() async {
        await withCheckedContinuation { continuation in
            let isStopped = mail.withLock { mail in
                guard !mail.isClosed else { return true }
                mail.whenStopped.append(continuation)
                return false
            }
            if isStopped { continuation.resume() } else { poller.wake() }
        }
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

// MARK: - The loop

extension SystemLoop {
    private func run() {
        thread.store(UInt(pthread_self()), ordering: .relaxed)
        var timeout: Int32 = 0
        while true {
            poller.wait(milliseconds: timeout)
            guard readMail() else { break }
            fireTimers()
            runDeferred()
            timeout = sleepingTime()
        }
        finish()
    }

    /// Runs what was submitted; `false` if the loop is to stop.
    private func readMail() -> Bool {
        let (items, isStopping) = mail.withLock { mail in
            var items: [@Sendable () -> Void] = []
            if !mail.items.isEmpty { swap(&items, &mail.items) }
            return (items, !mail.whenStopped.isEmpty)
        }
        for work in items { work() }
        return !isStopping
    }

    private func fireTimers() {
        guard timers.nextDeadline != nil else { return }
        let now = now
        while let work = timers.popDue(at: now) { work() }
    }

    private func runDeferred() {
        for _ in 0..<Self.roundsPerTurn {
            guard !deferred.isEmpty else { return }
            // What is put off meanwhile goes into the empty array, and thus has a round of its own.
            var round: [() -> Void] = []
            swap(&round, &deferred)
            for work in round { work() }
        }
    }

    /// How long nothing is due, in milliseconds rounded up; -1 for ever.
    private func sleepingTime() -> Int32 {
        guard deferred.isEmpty, mail.withLock({ $0.items.isEmpty && $0.whenStopped.isEmpty }) else {
            return 0
        }
        guard let deadline = timers.nextDeadline, deadline != .distantFuture else { return -1 }
        let left = (deadline - now).wholeNanoseconds
        guard left > 0 else { return 0 }
        return Int32(clamping: (left - 1) / 1_000_000 + 1)
    }

    private func finish() {
        for source in poller.sources { source.abandon() }
        runDeferred()
        timers.removeAll()
        deferred = []
        let waiting = mail.withLock { mail in
            mail.isClosed = true
            mail.items = []
            return mail.whenStopped
        }
        for continuation in waiting { continuation.resume() }
    }
}

// MARK: - Connections

extension SystemLoop {
    func connect(_ target: ConnectTarget, handler: any TransportHandler) -> any Transport {
        let transport = SystemTransport(loop: self, handler: handler)
        guard case .name(let name, _) = target.endpoint else {
            do throws(TransportError) {
                transport.connect(to: try target.candidates(), target)
            } catch {
                transport.fail(error)
            }
            return transport
        }
        transport.lookUp(name, target)
        return transport
    }

    func listen(
        on endpoint: Endpoint,
        accept: @escaping (any Transport) -> any TransportHandler
    ) throws(TransportError) -> any Listener {
        try SystemListener(on: endpoint, loop: self, accept: accept)
    }
}

/// Carries a value that only the loop touches through a `@Sendable` closure.
struct LoopBound<Value>: @unchecked Sendable {
    let value: Value
}
