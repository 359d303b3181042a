internal import NIOCore
internal import NIOPosix

/// The operating system's sockets, on SwiftNIO's event loops.
///
/// Making one starts `loopCount` threads and nothing else; the threads for name look-ups start with
/// the first look-up.
public final class SystemNetwork: Network {
    /// The event loops, one thread each.
    public let loops: [any Loop]

    private let group: MultiThreadedEventLoopGroup
    private let pool = OffloadPool()

    /// A network of `loopCount` event loops; values below one count as one.
    public init(loopCount: Int = 1) {
        let pool = pool
        group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, loopCount))
        loops = group.makeIterator().map { NIOLoop($0, pool: pool) }
    }

    /// Closes every connection and listener, stops the loops and gives their threads back.
    ///
    /// Handlers may hear ``TransportHandler/transportClosed(_:)`` while the loops stop. Nothing may be
    /// submitted afterwards.
    public func shutDown() async {
        await pool.shutDown()
        try? await group.shutdownGracefully()
        for case let loop as NIOLoop in loops { loop.forgetTimers() }
    }
}
