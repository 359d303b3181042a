internal import ParleyNetwork

/// One end of a simulated connection.
final class SimulatedTransport {
    /// What the receiving side takes in before the sender has to keep the rest.
    private static let window = 65_536
    private static let segmentSize = 16_384

    private let loop: SimulatedLoop
    private var handler: (any TransportHandler)?
    private var peer: SimulatedTransport?
    private var latency = Duration.zero
    private var segments = NetworkFault.Segments.asWritten
    private var breaking = NetworkFault.Break.never

    private(set) var isClosing = false
    private(set) var remoteEndpoint: Endpoint?
    private(set) var localEndpoint: Endpoint?
    /// The race for the connection, where the peer has several addresses.
    var connector: SimulatedConnector?
    private var isOutgoing = false
    private var isConnected = false
    private var isReading = true

    // What goes out.
    private var outbox: ArraySlice<UInt8> = []
    private var inFlight = 0
    private var sent = 0
    private var wantsOutputEnd = false
    private var wantsClose = false
    private var hasOutputEnded = false

    // What comes in.
    private var inbox = FIFO<[UInt8]>()
    private var coalesced: [UInt8] = []
    private var finArrived = false
    private var hasInputEnded = false

    init(loop: SimulatedLoop, handler: (any TransportHandler)?) {
        self.loop = loop
        self.handler = handler
        isOutgoing = handler != nil
    }

    static func join(
        client: SimulatedTransport,
        server: SimulatedTransport,
        fault: NetworkFault,
        latency: Duration
    ) {
        for (end, peer) in [(client, server), (server, client)] {
            end.peer = peer
            end.latency = latency
            end.segments = fault.segments
        }
        client.breaking = fault.toServer
        server.breaking = fault.toClient
    }

    func connected(from local: Endpoint, to remote: Endpoint) {
        guard !isClosing else { return }
        localEndpoint = local
        remoteEndpoint = remote
        guard isOutgoing else { return }
        isConnected = true
        connector = nil
        pump()
        handler?.transportConnected(self)
    }

    /// Gives an accepted connection its handler.
    func start(_ handler: any TransportHandler) {
        self.handler = handler
        isConnected = true
        if isClosing {
            loop.later { self.finish(nil) }
        } else {
            pump()
        }
    }

    func finish(_ error: TransportError?) {
        isClosing = true
        connector?.cancel()
        connector = nil
        guard let handler else { return }
        self.handler = nil
        outbox = []
        coalesced = []
        inbox.removeAll()
        if let peer, peer.handler == nil {
            peer.peer = nil
            self.peer = nil
        }
        handler.transportClosed(error)
    }
}

// MARK: - What is asked from above

extension SimulatedTransport: Transport {
    var attempts: [ConnectAttempt] { connector?.report ?? [] }

    var pendingBytes: Int { outbox.count }

    func write(_ bytes: [UInt8]) {
        guard !isClosing, !wantsOutputEnd, !wantsClose, !bytes.isEmpty else { return }
        outbox += bytes
        pump()
    }

    func setReading(_ reading: Bool) {
        guard isReading != reading else { return }
        isReading = reading
        if reading { loop.later { self.deliver() } }
    }

    func finishWriting() {
        guard !isClosing, !wantsOutputEnd else { return }
        wantsOutputEnd = true
        pump()
    }

    func closeAfterWriting() {
        guard !isClosing, !wantsClose else { return }
        wantsClose = true
        if hasOutputEnded { close() } else { pump() }
    }

    func close() {
        // As Linux does: who closes without having read everything resets the connection.
        shut(withReset: !inbox.isEmpty || !coalesced.isEmpty)
    }

    func reset() {
        shut(withReset: true)
    }

    private func shut(withReset isReset: Bool) {
        guard !isClosing else { return }
        isClosing = true
        connector?.cancel()
        outbox = []
        if isReset {
            send { $0.resetArrived() }
        } else if !hasOutputEnded {
            send { $0.arrivedFin() }
        }
        loop.later { self.finish(nil) }
    }
}

// MARK: - Sending

extension SimulatedTransport {
    private func pump() {
        guard isConnected, !isClosing, !hasOutputEnded else { return }
        while !outbox.isEmpty, inFlight < Self.window {
            let limit = segments == .singleBytes ? 1 : Self.segmentSize
            let count = min(outbox.count, limit, Self.window - inFlight)
            let segment = Array(outbox.prefix(count))
            outbox = outbox.dropFirst(count)
            guard sendSegment(segment) else { return }
        }
        guard outbox.isEmpty else { return }
        if wantsClose {
            close()
        } else if wantsOutputEnd {
            hasOutputEnded = true
            send { $0.arrivedFin() }
            closeIfDone()
        }
    }

    /// Sends one segment; `false` if that broke the connection.
    private func sendSegment(_ segment: [UInt8]) -> Bool {
        var segment = segment
        sent += segment.count
        switch breaking {
        case .never: break
        case .drop(let limit):
            segment.removeLast(min(segment.count, max(0, sent - limit)))
        case .reset(let limit) where sent > limit:
            segment.removeLast(min(segment.count, max(0, sent - limit)))
            transmit(segment)
            send { $0.resetArrived() }
            loop.schedule(at: loop.now + latency) { self.resetArrived() }
            isConnected = false
            return false
        case .reset: break
        }
        transmit(segment)
        return true
    }

    private func transmit(_ segment: [UInt8]) {
        guard !segment.isEmpty else { return }
        inFlight += segment.count
        send { $0.arrived(segment) }
    }

    /// Lets something happen at the peer after the latency; the queue keeps what is sent in order.
    private func send(_ arrival: @escaping (SimulatedTransport) -> Void) {
        guard let peer else { return }
        loop.schedule(at: loop.now + latency) { arrival(peer) }
    }

    private func acknowledged(_ count: Int) {
        inFlight -= count
        let hasWaited = !outbox.isEmpty
        pump()
        if hasWaited, outbox.isEmpty, !isClosing, !wantsOutputEnd { handler?.transportDrained() }
    }
}

// MARK: - Receiving

extension SimulatedTransport {
    private func arrived(_ segment: [UInt8]) {
        guard !isClosing else {
            // Nobody is there any more: TCP answers with a reset.
            send { $0.resetArrived() }
            return
        }
        guard segments == .coalesced else {
            inbox.append(segment)
            deliver()
            return
        }
        guard coalesced.isEmpty else {
            coalesced += segment
            return
        }
        coalesced = segment
        loop.schedule(at: loop.now + .milliseconds(1)) {
            guard !self.isClosing else { return }
            self.inbox.append(self.coalesced)
            self.coalesced = []
            self.deliver()
        }
    }

    private func arrivedFin() {
        guard !isClosing else { return }
        finArrived = true
        deliver()
    }

    private func resetArrived() {
        guard !isClosing else { return }
        finish(TransportError(.reset, "read: Connection reset by peer (104)"))
    }

    private func deliver() {
        while isReading, !isClosing, let segment = inbox.popFirst() {
            segment.withUnsafeBytes { handler?.transportReceived($0) }
            let count = segment.count
            loop.later { self.peer?.acknowledged(count) }
        }
        guard finArrived, inbox.isEmpty, coalesced.isEmpty, isReading, !isClosing, !hasInputEnded
        else { return }
        hasInputEnded = true
        handler?.transportInputEnded()
        closeIfDone()
    }

    /// Both directions have ended: the connection is over, without anybody closing it.
    private func closeIfDone() {
        guard hasInputEnded, hasOutputEnded, !isClosing else { return }
        isClosing = true
        loop.later { self.finish(nil) }
    }
}
