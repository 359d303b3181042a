internal import Glibc
internal import NIOCore
internal import NIOPosix

/// A loop of ``SystemNetwork``: one NIO event loop, with the timers of its connections.
///
/// Unchecked, because everything but ``submit(_:)`` and ``isCurrent`` happens on the event loop.
final class NIOLoop: Loop, @unchecked Sendable {
    let eventLoop: any EventLoop
    private let pool: OffloadPool
    private let timers = TimerQueue()
    private var armed = MonotonicTime.distantFuture
    private var armedCallback: NIOScheduledCallback?
    private var deferred: [() -> Void] = []

    init(_ eventLoop: any EventLoop, pool: OffloadPool) {
        self.eventLoop = eventLoop
        self.pool = pool
    }

    var now: MonotonicTime {
        MonotonicTime(nanoseconds: Int64(clamping: NIODeadline.now().uptimeNanoseconds))
    }

    var wallClock: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    var isCurrent: Bool { eventLoop.inEventLoop }

    func submit(_ work: @escaping @Sendable () -> Void) {
        eventLoop.execute(work)
    }

    func later(_ work: @escaping () -> Void) {
        deferred.append(work)
        guard deferred.count == 1 else { return }
        eventLoop.execute { self.runDeferred() }
    }

    func offload<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value,
        completion: @escaping (Value) -> Void
    ) {
        let completion = LoopBound(value: completion)
        let accepted = pool.submit {
            let value = work()
            self.submit { completion.value(value) }
        }
        assert(accepted, "work was offloaded after the network was shut down")
    }

    private func runDeferred() {
        // What is deferred meanwhile is appended to the empty array, and thus gets a turn of its own.
        var batch: [() -> Void] = []
        swap(&batch, &deferred)
        for work in batch { work() }
    }
}

// MARK: - Timers

extension NIOLoop: NIOScheduledCallbackHandler {
    func schedule(at deadline: MonotonicTime, _ work: @escaping () -> Void) -> any LoopTimer {
        let timer = timers.insert(at: deadline, work)
        arm()
        return timer
    }

    func handleScheduledCallback(eventLoop: some EventLoop) {
        armed = .distantFuture
        armedCallback = nil
        let now = now
        while let work = timers.popDue(at: now) { work() }
        arm()
    }

    /// Lets go of what the timers hold; for a loop that has stopped.
    func forgetTimers() {
        timers.removeAll()
    }

    /// Asks NIO to wake the loop for the earliest timer. A wake-up whose timer was called off stays:
    /// it costs one idle turn, less than calling it off and asking anew for every reply.
    private func arm() {
        guard let next = timers.nextDeadline, next < armed else { return }
        armedCallback?.cancel()
        armed = next
        armedCallback = try? eventLoop.scheduleCallback(
            at: .uptimeNanoseconds(UInt64(max(0, next.nanoseconds))),
            handler: self
        )
    }
}

// MARK: - Connections

extension NIOLoop {
    func connect(_ target: ConnectTarget, handler: any TransportHandler) -> any Transport {
        let transport = NIOTransport(loop: self, handler: handler)
        do throws(TransportError) {
            let source = try target.source.map { address throws(TransportError) in
                try NIOAddress.make(address, port: 0)
            }
            switch target.endpoint {
            case .address(let address, let port):
                transport.connect(to: [try NIOAddress.make(address, port: port)], from: source)
            case .unix(let path):
                transport.connect(to: [try NIOAddress.make(unix: path)], from: nil)
            case .name(let name, let port):
                look(up: name, port: port, source: target.source) {
                    transport.connect(to: $0, from: source)
                }
            }
        } catch {
            transport.fail(error)
        }
        return transport
    }

    /// Hands over the addresses of `name` that `source` can reach, on this loop.
    private func look(
        up name: String,
        port: UInt16,
        source: IPAddress?,
        completion: @escaping (Result<[SocketAddress], TransportError>) -> Void
    ) {
        offload {
            SystemResolver.addresses(of: name)
        } completion: { result in
            completion(
                result.flatMap { addresses in
                    let usable = addresses.filter { source == nil || source?.isIPv6 == $0.isIPv6 }
                        .compactMap { try? NIOAddress.make($0, port: port) }
                    guard usable.isEmpty else { return .success(usable) }
                    return .failure(
                        TransportError(.local, "“\(name)” has no address of the source's family")
                    )
                }
            )
        }
    }

    func listen(
        on endpoint: Endpoint,
        accept: @escaping (any Transport) -> any TransportHandler
    ) throws(TransportError) -> any Listener {
        try NIOListener(on: endpoint, loop: self, accept: accept)
    }
}

/// Carries a value that only the loop touches through a `@Sendable` closure.
struct LoopBound<Value>: @unchecked Sendable {
    let value: Value
}
