internal import CLinux
internal import Glibc

extension SystemTransport {
    /// Tries the addresses one after another.
    func connect(to addresses: [Endpoint], from source: IPAddress?) {
        candidates = addresses[...]
        self.source = source
        attempt()
    }

    /// What became of the attempt that waits: connected if there is no error number.
    func attemptEnded(_ number: Int32?) {
        if let number, number != 0 {
            attemptFailed(TransportError(errno: number, call: "connect", phase: .connecting))
            return
        }
        isConnected = true
        lastError = nil
        if pendingBytes > 0 || wantsClose || wantsOutputEnd { flush() }
        guard !isClosing else { return }
        handler?.transportConnected(self)
    }

    private func attempt() {
        guard !isClosing else { return }
        guard let endpoint = candidates.popFirst() else {
            fail(lastError ?? TransportError(.local, "there is no address to connect to"))
            return
        }
        do throws(TransportError) {
            try open(endpoint)
        } catch {
            attemptFailed(error)
        }
    }

    private func attemptFailed(_ error: TransportError) {
        closeDescriptor()
        lastError = error
        loop.later { self.attempt() }
    }

    private func open(_ endpoint: Endpoint) throws(TransportError) {
        let name = try SocketName(endpoint)
        descriptor = try name.makeSocket()
        remoteEndpoint = endpoint
        if let source, name.isInternet { try bind(to: source, isIPv6: name.isIPv6) }
        let status = name.withAddress { Glibc.connect(descriptor, $0, $1) }
        let number = errno
        guard status == 0 || number == EINPROGRESS || number == EINTR else {
            throw TransportError(errno: number, call: "connect", phase: .local)
        }
        loop.poller.add(self, descriptor, for: .connection)
    }

    private func bind(to source: IPAddress, isIPv6: Bool) throws(TransportError) {
        guard source.isIPv6 == isIPv6 else {
            throw TransportError(.local, "the source address is of the other family")
        }
        if !isIPv6 {
            SocketOption.turnOn(
                Int32(parley_ip_bind_address_no_port),
                of: Int32(IPPROTO_IP),
                on: descriptor
            )
        }
        let name = try SocketName(.address(source, port: 0))
        let status = name.withAddress { Glibc.bind(descriptor, $0, $1) }
        guard status == 0 else {
            throw TransportError(errno: errno, call: "bind \(source)", phase: .local)
        }
    }
}
