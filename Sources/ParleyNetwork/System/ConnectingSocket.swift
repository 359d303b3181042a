internal import CLinux
internal import Glibc

/// Begins a connection: a socket with its source address, and the `connect` that does not wait.
enum ConnectingSocket {
    /// - Returns: A descriptor that becomes writable, or reports an error, once it is decided.
    /// - Throws: ``TransportError`` for what the system refuses at once.
    static func open(
        _ endpoint: Endpoint,
        _ target: ConnectTarget
    ) throws(TransportError) -> Int32 {
        let name = try SocketName(endpoint)
        let descriptor = try name.makeSocket()
        do throws(TransportError) {
            if name.isInternet, target.source != nil || target.sourcePort != nil {
                try bind(descriptor, target, isIPv6: name.isIPv6)
            }
            let status = name.withAddress { Glibc.connect(descriptor, $0, $1) }
            let number = errno
            guard status == 0 || number == EINPROGRESS || number == EINTR else {
                throw error(number, endpoint, target)
            }
        } catch {
            Glibc.close(descriptor)
            throw error
        }
        return descriptor
    }

    private static func error(
        _ number: Int32,
        _ endpoint: Endpoint,
        _ target: ConnectTarget
    ) -> TransportError {
        var error = TransportError(errno: number, call: "connect", phase: .local)
        switch (endpoint, number) {
        case (.unix, EACCES), (.unix, EPERM): error.code = .permission
        // Its queue is full: the server is there and does not accept.
        case (.unix, EAGAIN): error.code = .refused
        // The same four numbers as a connection that has just ended.
        case (.address, EADDRNOTAVAIL) where target.sourcePort != nil: error.code = .sourceInUse
        default: break
        }
        return error
    }

    private static func bind(
        _ descriptor: Int32,
        _ target: ConnectTarget,
        isIPv6: Bool
    ) throws(TransportError) {
        let source = target.source ?? .unspecified(isIPv6 ? .ipv6 : .ipv4)
        guard source.isIPv6 == isIPv6 else {
            throw TransportError(.local, "the source address is of the other family")
        }
        if target.sourcePort != nil {
            // Else a port rests for a minute after its last connection.
            SocketOption.turnOn(SO_REUSEADDR, of: SOL_SOCKET, on: descriptor)
        } else if !isIPv6 {
            SocketOption.turnOn(
                Int32(parley_ip_bind_address_no_port),
                of: Int32(IPPROTO_IP),
                on: descriptor
            )
        }
        let endpoint = Endpoint.address(source, port: target.sourcePort ?? 0)
        let name = try SocketName(endpoint)
        let status = name.withAddress { Glibc.bind(descriptor, $0, $1) }
        guard status == 0 else {
            let number = errno
            var error = TransportError(errno: number, call: "bind \(endpoint)", phase: .local)
            switch number {
            case EADDRNOTAVAIL: error.code = .sourceUnavailable
            case EADDRINUSE: error.code = .sourceInUse
            case EACCES: error.code = .permission
            default: break
            }
            throw error
        }
    }
}
