/// The operating system's sockets, on event loops of our own.
///
/// Making one starts `loopCount` threads and nothing else; the threads for name look-ups start with
/// the first look-up.
public final class SystemNetwork: Network {
    /// The event loops, one thread each.
    public let loops: [any Loop]

    private let pool = OffloadPool()

    /// A network of `loopCount` event loops; values below one count as one.
    public init(loopCount: Int = 1) {
        let pool = pool
        loops = (0..<max(1, loopCount)).map { _ in SystemLoop(pool: pool) }
    }

    /// Closes every connection and listener, stops the loops and gives their threads back.
    ///
    /// Handlers may hear ``TransportHandler/transportClosed(_:)`` while the loops stop. What is
    /// submitted afterwards is dropped.
    public func shutDown() async {
        pool.shutDown()
        for case let loop as SystemLoop in loops { await loop.stop() }
    }
}
