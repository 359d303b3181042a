internal import Glibc
internal import NIOCore
internal import NIOPosix

/// One connection of ``NIOLoop``: the only handler in its channel's pipeline.
///
/// Unchecked, because everything happens on the event loop.
///
/// The handler above is never called from inside a call it makes itself: what NIO reports during such
/// a call is put off until the loop's next turn.
final class NIOTransport: @unchecked Sendable {
    let loop: NIOLoop
    private let isOutgoing: Bool
    private var handler: (any TransportHandler)?
    private var context: ChannelHandlerContext?
    private var channel: (any Channel)?

    /// What is still to be tried, in order.
    private var candidates: ArraySlice<SocketAddress> = []
    private var source: SocketAddress?
    private var lastError: TransportError?

    private var isConnected = false
    private var isClosing = false
    private var isReading = true
    private var hasInputEnded = false
    private var hasOutputEnded = false
    private var wantsOutputEnd = false
    private var wantsClose = false
    /// Set while NIO runs inside a call from above.
    private var isBusy = false

    /// Written before the connection was made.
    private var backlog: [UInt8] = []
    /// Came in although reading is off: NIO drains the socket when it sees the peer's FIN.
    private var held: [UInt8] = []
    private var heldEnd = false

    private var local: SocketAddress?
    private var remote: SocketAddress?

    init(loop: NIOLoop, handler: any TransportHandler) {
        self.loop = loop
        self.handler = handler
        isOutgoing = true
    }

    /// The transport of an accepted channel; `nil` if the peer is gone already.
    init?(loop: NIOLoop, accepted channel: any Channel) {
        self.loop = loop
        isOutgoing = false
        remote = channel.remoteAddress
        local = channel.localAddress
        guard (try? prepare(channel)) != nil else { return nil }
    }

    /// Gives an accepted connection its handler.
    func start(_ handler: any TransportHandler) {
        self.handler = handler
    }
}

// MARK: - Connecting

extension NIOTransport {
    /// `IP_BIND_ADDRESS_NO_PORT`: the port is chosen at `connect`, so that a source address is not
    /// used up by as many connections as there are ports.
    private static let bindWithoutPort = ChannelOptions.Types.SocketOption(
        level: .ip,
        name: NIOBSDSocket.Option(rawValue: 24)
    )

    func connect(to addresses: Result<[SocketAddress], TransportError>, from source: SocketAddress?)
    {
        switch addresses {
        case .failure(let error): fail(error)
        case .success(let addresses): connect(to: addresses[...], from: source)
        }
    }

    func connect(to addresses: ArraySlice<SocketAddress>, from source: SocketAddress?) {
        candidates = addresses
        self.source = source
        attempt()
    }

    /// Reports that the connection could not be made, after the current callback.
    func fail(_ error: TransportError) {
        loop.later { self.finish(error) }
    }

    private func attempt() {
        guard !isClosing else { return }
        guard let address = candidates.popFirst() else {
            fail(lastError ?? TransportError(.local, "there is no address to connect to"))
            return
        }
        isBusy = true
        remote = address
        var bootstrap = ClientBootstrap(group: loop.eventLoop)
            // Deadlines belong to the caller; NIO insists on one.
            .connectTimeout(.hours(24))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try self.prepare(channel) }
            }
        if let source {
            bootstrap = bootstrap.bind(to: source)
            if case .v4 = source {
                bootstrap = bootstrap.channelOption(Self.bindWithoutPort, value: 1)
            }
        }
        bootstrap.connect(to: address).whenFailure { self.attemptFailed($0) }
        isBusy = false
    }

    private func attemptFailed(_ error: any Error) {
        guard !isClosing, !isConnected else { return }
        channel = nil
        lastError = TransportError(error, phase: isBusy ? .local : .connecting)
        loop.later { self.attempt() }
    }

    /// Sets a fresh channel up; the options that matter, set without futures.
    private func prepare(_ channel: any Channel) throws {
        self.channel = channel
        if let options = channel.syncOptions {
            try options.setOption(.allowRemoteHalfClosure, value: true)
            try options.setOption(
                .recvAllocator,
                // Idle connections keep their last buffer: small, growing with what arrives.
                value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 1024, maximum: 65536)
            )
            if !isReading { try options.setOption(.autoRead, value: false) }
            if !isOutgoing, channel.localAddress?.port != nil {
                // NIO sets it on outgoing connections only.
                try options.setOption(.tcpOption(.tcp_nodelay), value: 1)
            }
        }
        try channel.pipeline.syncOperations.addHandler(self)
    }
}

// MARK: - What NIO reports

extension NIOTransport: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        guard self.context === context else { return }
        self.context = nil
        // An accepted channel that never became active is only ever removed.
        if handler != nil, candidates.isEmpty, lastError == nil, !isClosing { ended(.gone) }
    }

    func channelActive(context: ChannelHandlerContext) {
        local = context.channel.localAddress
        perform {
            guard !self.isClosing else { return }
            self.isConnected = true
            self.flushBacklog()
            if self.isOutgoing { self.handler?.transportConnected(self) }
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isClosing else { return }
        let buffer = unwrapInboundIn(data)
        if isBusy || !isReading || !held.isEmpty {
            buffer.withUnsafeReadableBytes { held.append(contentsOf: $0) }
            if isReading { loop.later { self.deliverHeld() } }
        } else {
            buffer.withUnsafeReadableBytes { handler?.transportReceived($0) }
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event as? ChannelEvent {
        case .inputClosed: inputEnded()
        case .outputClosed: outputEnded()
        case nil: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        lastError = lastError ?? TransportError(error, phase: .open)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        guard !isClosing else { return }
        // NIO closes without a word when the peer's FIN meets our own, and when a write fails.
        if lastError == nil, hasOutputEnded {
            if !hasInputEnded { inputEnded() }
            ended(nil)
        } else {
            ended(lastError ?? .gone)
        }
    }

    private func inputEnded() {
        guard !hasInputEnded, !isClosing else { return }
        hasInputEnded = true
        guard !isBusy, isReading, held.isEmpty else {
            heldEnd = true
            if isReading { loop.later { self.deliverHeld() } }
            return
        }
        handler?.transportInputEnded()
        closeIfDone()
    }

    private func outputEnded() {
        hasOutputEnded = true
        closeIfDone()
    }

    private func closeIfDone() {
        guard hasInputEnded, !heldEnd, hasOutputEnded, !isClosing else { return }
        close()
    }

    /// The connection is gone: what was held back still reaches the handler, then the end does.
    private func ended(_ error: TransportError?) {
        isReading = true
        perform {
            self.deliverHeld()
            self.finish(error)
        }
    }

    private func deliverHeld() {
        guard !isClosing, isReading else { return }
        if !held.isEmpty {
            let bytes = held
            held = []
            bytes.withUnsafeBytes { handler?.transportReceived($0) }
        }
        guard heldEnd, isReading, held.isEmpty, !isClosing else { return }
        heldEnd = false
        handler?.transportInputEnded()
        closeIfDone()
    }

    /// Runs `work` now, or after the call from above that led here.
    private func perform(_ work: @escaping () -> Void) {
        if isBusy { loop.later(work) } else { work() }
    }

    private func finish(_ error: TransportError?) {
        guard let handler else { return }
        self.handler = nil
        isClosing = true
        channel = nil
        handler.transportClosed(error)
    }
}

// MARK: - What is asked from above

extension NIOTransport: Transport {
    var remoteEndpoint: Endpoint? {
        guard isConnected || !isOutgoing else { return nil }
        return remote.map(NIOAddress.endpoint)
    }

    var localEndpoint: Endpoint? { local.map(NIOAddress.endpoint) }

    var pendingBytes: Int {
        backlog.count + ((try? channel?.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0)
    }

    func write(_ bytes: [UInt8]) {
        guard !isClosing, !wantsOutputEnd, !wantsClose, !bytes.isEmpty else { return }
        guard isConnected, let context else {
            backlog.append(contentsOf: bytes)
            return
        }
        busy { context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil) }
    }

    func setReading(_ reading: Bool) {
        guard isReading != reading, !isClosing else { return }
        isReading = reading
        if reading, !held.isEmpty || heldEnd { loop.later { self.deliverHeld() } }
        busy { try? channel?.syncOptions?.setOption(.autoRead, value: reading) }
    }

    func finishWriting() {
        guard !isClosing, !wantsOutputEnd, !wantsClose else { return }
        wantsOutputEnd = true
        guard isConnected else { return }
        endOutput()
    }

    func close() {
        guard !isClosing else { return }
        isClosing = true
        channel?.close(promise: nil)
        channel = nil
        loop.later { self.finish(nil) }
    }

    func closeAfterWriting() {
        guard !isClosing, !wantsClose else { return }
        wantsClose = true
        guard isConnected else { return }
        afterWriting(close)
    }

    func reset() {
        let lingerless = linger(l_onoff: 1, l_linger: 0)
        _ = (channel as? any SocketOptionProvider)?.setSoLinger(lingerless)
        close()
    }

    private func busy(_ work: () -> Void) {
        let before = isBusy
        isBusy = true
        work()
        isBusy = before
    }

    private func endOutput() {
        afterWriting {
            guard self.hasInputEnded else {
                self.busy { self.channel?.close(mode: .output, promise: nil) }
                return
            }
            self.close()
        }
    }

    /// Runs `work` once nothing is queued any more. NIO's own way to end the output after what is
    /// queued drops it if the input ends meanwhile.
    private func afterWriting(_ work: @escaping () -> Void) {
        guard pendingBytes > 0, let context else {
            work()
            return
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        let work = LoopBound(value: work)
        written.futureResult.whenSuccess { work.value() }
        busy { context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: written) }
    }

    private func flushBacklog() {
        if !backlog.isEmpty, let context {
            let bytes = backlog
            backlog = []
            busy { context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil) }
        }
        if wantsClose {
            afterWriting(close)
        } else if wantsOutputEnd {
            endOutput()
        }
    }
}

extension TransportError {
    /// NIO closed the connection and did not say why: the peer reset it, or a write failed.
    fileprivate static let gone = TransportError(.reset, "the connection was lost")
}
