internal import Glibc
internal import NIOCore
internal import NIOPosix

/// A listening socket of ``NIOLoop``.
///
/// The socket is made, bound and told to listen here, because NIO reports all that later and the seam
/// at once.
final class NIOListener: Listener {
    /// Beyond `SOMAXCONN` of old: a load of thousands of probes opens its connections in one burst.
    private static let backlog: Int32 = 4096

    let endpoint: Endpoint
    private let path: String?
    private let channel: EventLoopFuture<any Channel>

    init(
        on endpoint: Endpoint,
        loop: NIOLoop,
        accept: @escaping (any Transport) -> any TransportHandler
    ) throws(TransportError) {
        let address = try Self.address(of: endpoint)
        let descriptor = try Self.boundSocket(address)
        if case .unix(let path) = endpoint { self.path = path } else { path = nil }
        self.endpoint = Self.boundEndpoint(descriptor) ?? endpoint
        let acceptor = LoopBound(value: NIOAcceptor(loop: loop, accept: accept))
        channel = ServerBootstrap(group: loop.eventLoop)
            .serverChannelOption(.maxMessagesPerRead, value: 64)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(acceptor.value)
                }
            }
            .withBoundSocket(descriptor)
        // NIO has called `listen` with a backlog of its own.
        Glibc.listen(descriptor, Self.backlog)
    }

    func close() {
        channel.whenSuccess { $0.close(promise: nil) }
        if let path { unlink(path) }
    }

    private static func address(
        of endpoint: Endpoint
    ) throws(TransportError) -> SocketAddress {
        switch endpoint {
        case .address(let address, let port):
            return try NIOAddress.make(address, port: port)
        case .unix(let path):
            return try NIOAddress.make(unix: path)
        case .name(let name, _):
            throw TransportError(.local, "listening needs an address, not the name “\(name)”")
        }
    }

    private static func boundSocket(_ address: SocketAddress) throws(TransportError) -> Int32 {
        let flags = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(Int32(address.protocol.rawValue), flags, 0)
        guard descriptor >= 0 else {
            throw TransportError(errno: errno, call: "socket", phase: .local)
        }
        var on: Int32 = 1
        setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_REUSEADDR,
            &on,
            socklen_t(MemoryLayout.size(ofValue: on))
        )
        let bound = address.withSockAddr { bind(descriptor, $0, socklen_t($1)) }
        guard bound == 0, Glibc.listen(descriptor, backlog) == 0 else {
            let error = TransportError(errno: errno, call: "bind \(address)", phase: .local)
            Glibc.close(descriptor)
            throw error
        }
        return descriptor
    }

    /// The address the system chose, its port included; `nil` for a unix socket.
    private static func boundEndpoint(_ descriptor: Int32) -> Endpoint? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { pointer -> Endpoint? in
            let raw = UnsafeMutableRawPointer(pointer)
            let generic = raw.assumingMemoryBound(to: sockaddr.self)
            guard getsockname(descriptor, generic, &length) == 0,
                let name = SocketName.read(raw)
            else { return nil }
            return .address(name.address, port: name.port)
        }
    }
}

/// Turns every accepted channel into a transport, before NIO's own handler activates it.
private final class NIOAcceptor: ChannelInboundHandler {
    typealias InboundIn = any Channel

    private let loop: NIOLoop
    private let accept: (any Transport) -> any TransportHandler

    init(loop: NIOLoop, accept: @escaping (any Transport) -> any TransportHandler) {
        self.loop = loop
        self.accept = accept
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = unwrapInboundIn(data)
        guard let transport = NIOTransport(loop: loop, accepted: channel) else {
            channel.close(promise: nil)
            return
        }
        transport.start(accept(transport))
        context.fireChannelRead(data)
    }

    /// A failure to accept (`EMFILE`) leaves the listener open. It pauses, because the connection that
    /// could not be accepted would wake the loop again at once.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let options = context.channel.syncOptions
        try? options?.setOption(.autoRead, value: false)
        _ = loop.schedule(at: loop.now + .milliseconds(50)) {
            try? options?.setOption(.autoRead, value: true)
        }
    }
}
