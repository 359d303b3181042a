internal import CLinux
internal import Glibc

/// A listening socket of ``SystemLoop``.
final class SystemListener: Listener {
    /// Beyond `SOMAXCONN` of old: a load of thousands of probes opens its connections in one burst.
    private static let backlog: Int32 = 4096
    private static let acceptsPerTurn = 64
    /// A connection that cannot be accepted (`EMFILE`) would wake the loop again at once.
    private static let pause = Duration.milliseconds(50)

    let endpoint: Endpoint
    private let loop: SystemLoop
    private let accept: (any Transport) -> any TransportHandler
    private var descriptor: Int32

    init(
        on endpoint: Endpoint,
        loop: SystemLoop,
        accept: @escaping (any Transport) -> any TransportHandler
    ) throws(TransportError) {
        let name = try SocketName(endpoint)
        descriptor = try Self.listeningSocket(name, endpoint)
        self.endpoint =
            name.isInternet ? SocketName.local(of: descriptor)?.endpoint ?? endpoint : endpoint
        self.loop = loop
        self.accept = accept
        loop.poller.add(self, descriptor, for: .input)
    }

    func close() {
        guard descriptor >= 0 else { return }
        loop.poller.remove(descriptor)
        Glibc.close(descriptor)
        descriptor = -1
        if case .unix(let path) = endpoint { unlink(path) }
    }

    private static func listeningSocket(
        _ name: SocketName,
        _ endpoint: Endpoint
    ) throws(TransportError) -> Int32 {
        let descriptor = try name.makeSocket()
        SocketOption.turnOn(SO_REUSEADDR, of: SOL_SOCKET, on: descriptor)
        let status = name.withAddress { bind(descriptor, $0, $1) }
        guard status == 0, listen(descriptor, backlog) == 0 else {
            let error = TransportError(errno: errno, call: "bind \(endpoint)", phase: .local)
            Glibc.close(descriptor)
            throw error
        }
        return descriptor
    }
}

extension SystemListener: PollSource {
    func ready(_ events: PollEvents) {
        for _ in 0..<Self.acceptsPerTurn {
            guard descriptor >= 0 else { return }
            let (accepted, name) = SocketName.accept(from: descriptor)
            guard accepted >= 0 else {
                if errno == EINTR || errno == ECONNABORTED { continue }
                if errno != EAGAIN { rest() }
                return
            }
            if name?.isInternet == true {
                SocketOption.turnOn(TCP_NODELAY, of: Int32(IPPROTO_TCP), on: accepted)
            }
            let remote = name?.endpoint ?? .unix("")
            let transport = SystemTransport(loop: loop, accepted: accepted, from: remote)
            transport.start(accept(transport))
        }
    }

    func abandon() {
        close()
    }

    private func rest() {
        loop.poller.change(descriptor, to: [])
        _ = loop.schedule(at: loop.now + Self.pause) {
            guard self.descriptor >= 0 else { return }
            self.loop.poller.change(self.descriptor, to: .input)
        }
    }
}
