import ParleyNetwork

/// A proxy on any network, played by a function of what it heard.
final class FakeProxy {
    /// What it does once it has heard enough.
    enum Answer {
        /// Says something and forgets what it heard.
        case say([UInt8])
        /// Says something and passes everything on from then on.
        case tunnel([UInt8], to: Endpoint)
        /// Hangs up.
        case hangUp
        /// Waits for more.
        case wait
    }

    let listener: any Listener
    private(set) var heard: [[UInt8]] = []

    /// A proxy that listens on `endpoint` of a loop; `answer` sees what came since the last answer.
    init(
        _ loop: any Loop,
        on endpoint: Endpoint,
        _ answer: @escaping ([UInt8], _ step: Int) -> Answer
    ) throws {
        let box = Box()
        listener = try loop.listen(on: endpoint) { transport in
            ProxyConnection(loop, transport, answer) { box.proxy?.heard.append($0) }
        }
        box.proxy = self
    }

    private final class Box {
        weak var proxy: FakeProxy?
    }

    /// A SOCKS5 proxy that wants no password and leads everywhere to one endpoint.
    static func socks(
        _ loop: any Loop,
        on endpoint: Endpoint,
        to target: Endpoint
    ) throws -> FakeProxy {
        try FakeProxy(loop, on: endpoint) { heard, step in
            if step == 0 { return heard.count >= 3 ? .say([5, 0]) : .wait }
            guard heard.count >= 10 else { return .wait }
            return .tunnel([5, 0, 0, 1, 0, 0, 0, 0, 0, 0], to: target)
        }
    }
}

private final class ProxyConnection: TransportHandler {
    private let loop: any Loop
    private let transport: any Transport
    private let answer: ([UInt8], Int) -> FakeProxy.Answer
    private let log: ([UInt8]) -> Void
    private var input: [UInt8] = []
    private var step = 0
    private var far: FarSide?

    init(
        _ loop: any Loop,
        _ transport: any Transport,
        _ answer: @escaping ([UInt8], Int) -> FakeProxy.Answer,
        _ log: @escaping ([UInt8]) -> Void
    ) {
        self.loop = loop
        self.transport = transport
        self.answer = answer
        self.log = log
    }

    func transportConnected(_ transport: any Transport) {}

    func transportReceived(_ bytes: UnsafeRawBufferPointer) {
        if let far {
            far.transport?.write(Array(bytes))
            return
        }
        input += bytes
        let answer = answer(input, step)
        if case .wait = answer { return }
        log(input)
        input = []
        step += 1
        switch answer {
        case .wait: break
        case .say(let octets): transport.write(octets)
        case .hangUp: transport.close()
        case .tunnel(let octets, let target):
            transport.write(octets)
            let far = FarSide(transport)
            self.far = far
            far.transport = loop.connect(ConnectTarget(target), handler: far)
        }
    }

    func transportInputEnded() {
        far?.transport?.finishWriting()
        if far == nil { transport.close() }
    }

    func transportClosed(_ error: TransportError?) {
        far?.transport?.close()
    }
}

private final class FarSide: TransportHandler {
    var transport: (any Transport)?
    private let near: any Transport

    init(_ near: any Transport) {
        self.near = near
    }

    func transportConnected(_ transport: any Transport) {}
    func transportReceived(_ bytes: UnsafeRawBufferPointer) { near.write(Array(bytes)) }
    func transportInputEnded() { near.closeAfterWriting() }
    func transportClosed(_ error: TransportError?) { near.closeAfterWriting() }
}
