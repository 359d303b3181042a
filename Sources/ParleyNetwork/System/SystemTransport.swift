internal import CLinux
internal import Glibc

/// One connection of ``SystemLoop``.
///
/// Its socket is registered once, for every change of its state, so a whole dialogue costs the
/// kernel one registration. The handler above is never called from inside a call it makes itself:
/// what such a call finds out is put off until the loop's next round.
///
/// Unchecked, because everything happens on the loop.
final class SystemTransport: @unchecked Sendable {
    /// How often a connection may read before the others get their turn.
    static let readsPerTurn = 16

    let loop: SystemLoop
    var handler: (any TransportHandler)?
    var descriptor: Int32 = -1
    let isOutgoing: Bool
    var remoteEndpoint: Endpoint?

    /// The look-up of the peer's name, until the connection is made or given up.
    var lookup: NameLookup?
    /// The race for the connection, where the peer has several addresses.
    var race: SystemRace?

    var isConnected = false
    var isClosing = false
    var isReading = true
    /// The socket may hold more than was read; the kernel tells of changes only.
    var mayHaveInput = false
    var hasInputEnded = false
    var hasOutputEnded = false
    var wantsOutputEnd = false
    var wantsClose = false

    /// What the socket has not taken yet begins at `sent`.
    var outbox: [UInt8] = []
    var sent = 0

    /// A connection to be made.
    init(loop: SystemLoop, handler: any TransportHandler) {
        self.loop = loop
        self.handler = handler
        isOutgoing = true
    }

    /// An accepted connection; it gets its handler with ``start(_:)``.
    init(loop: SystemLoop, accepted descriptor: Int32, from remote: Endpoint) {
        self.loop = loop
        self.descriptor = descriptor
        isOutgoing = false
        isConnected = true
        remoteEndpoint = remote
    }

    /// Gives an accepted connection its handler.
    func start(_ handler: any TransportHandler) {
        self.handler = handler
        guard !isClosing else { return }
        loop.poller.add(self, descriptor, for: .connection)
    }

    /// Reports that the connection could not be made, or failed, after the current callback.
    func fail(_ error: TransportError) {
        loop.later { self.finish(error) }
    }

    func finish(_ error: TransportError?) {
        closeDescriptor()
        race = nil
        lookup = nil
        isClosing = true
        outbox = []
        sent = 0
        guard let handler else { return }
        self.handler = nil
        handler.transportClosed(error)
    }

    func closeDescriptor() {
        lookup?.cancel()
        race?.cancel()
        guard descriptor >= 0 else { return }
        loop.poller.remove(descriptor)
        Glibc.close(descriptor)
        descriptor = -1
    }
}

extension SystemTransport: PollSource {
    func ready(_ events: PollEvents) {
        let isBroken = !events.isDisjoint(with: [.error, .hangup])
        if !isConnected {
            guard isBroken || events.contains(.output) else { return }
            attemptEnded(isBroken ? SocketOption.pendingError(of: descriptor) : nil)
            guard isConnected, !isClosing else { return }
        } else if events.contains(.output), pendingBytes > 0 {
            flush()
        }
        guard !isClosing, isBroken || !events.isDisjoint(with: [.input, .peerHangup]) else {
            return
        }
        mayHaveInput = true
        if isBroken, hasInputEnded || !isReading {
            broken()
        } else {
            // A short read empties the socket, unless the end stands behind it.
            read(untilEmpty: isBroken || events.contains(.peerHangup))
        }
    }

    func abandon() {
        finish(TransportError(.reset, "the network was shut down"))
    }

    /// The socket reports an error while nobody reads from it.
    private func broken() {
        let number = SocketOption.pendingError(of: descriptor)
        guard number != 0 else { return }
        end(TransportError(errno: number, call: "read", phase: .open))
    }
}
