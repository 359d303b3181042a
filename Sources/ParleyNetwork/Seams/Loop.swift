/// One event loop: a thread (or a simulation) that runs callbacks one after another.
///
/// Everything that belongs to a connection happens on the loop that opened it, so the code above
/// the seam needs no locks. Only ``submit(_:)`` may be called from elsewhere; every other member is
/// for callbacks already running on the loop.
public protocol Loop: AnyObject, Sendable {
    /// The current monotonic time; in a simulation, the virtual one.
    var now: MonotonicTime { get }

    /// Wall-clock time as nanoseconds since 1970-01-01T00:00:00Z.
    var wallClock: Int64 { get }

    /// Whether the caller already runs on this loop.
    var isCurrent: Bool { get }

    /// Runs `work` on the loop soon; callable from any thread.
    func submit(_ work: @escaping @Sendable () -> Void)

    /// Runs `work` on the loop at `deadline`, unless it is cancelled first. Loop only.
    func schedule(at deadline: MonotonicTime, _ work: @escaping () -> Void) -> any LoopTimer

    /// Runs `work` on the loop after the callback that is running now. Loop only.
    func later(_ work: @escaping () -> Void)

    /// Opens a connection; the handler hears of the outcome. Loop only.
    ///
    /// Deadlines are the caller's: it calls ``Transport/close()`` when its own timer fires, which
    /// also abandons a connection that is still being made.
    func connect(_ target: ConnectTarget, handler: any TransportHandler) -> any Transport

    /// Listens on `endpoint`; port 0 picks a free port. Loop only. `accept` is called on this loop
    /// for every connection and returns the handler of that connection.
    ///
    /// - Throws: ``TransportError`` if the address cannot be bound.
    func listen(
        on endpoint: Endpoint,
        accept: @escaping (any Transport) -> any TransportHandler
    ) throws(TransportError) -> any Listener

    /// Runs `work` on a thread pool, then `completion` with its value on this loop. Loop only.
    func offload<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value,
        completion: @escaping (Value) -> Void
    )
}

/// A callback that has been scheduled and may still be called off.
public protocol LoopTimer: AnyObject {
    /// Calls the timer off; harmless once it fired.
    func cancel()
}

/// A listening socket.
public protocol Listener: AnyObject {
    /// The address it is bound to, its port included.
    var endpoint: Endpoint { get }

    /// Stops accepting; open connections stay.
    func close()
}

/// Where loops come from: the operating system's sockets, or a simulation.
public protocol Network: Sendable {
    /// The loops at hand; at least one. Tests are spread over them.
    var loops: [any Loop] { get }

    /// Stops the loops and gives their threads back.
    func shutDown() async
}
