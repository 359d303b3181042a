internal import Glibc
internal import NIOCore

/// Translation between the seam's addresses and NIO's, without a detour over text.
enum NIOAddress {
    /// - Throws: ``TransportError`` (`local`) for a path that no socket can have, or a zone that names
    ///   no interface.
    static func make(_ address: IPAddress, port: UInt16) throws(TransportError) -> SocketAddress {
        guard address.isIPv6 else {
            var raw = sockaddr_in()
            raw.sin_family = sa_family_t(AF_INET)
            raw.sin_port = port.bigEndian
            raw.sin_addr.s_addr = UInt32(truncatingIfNeeded: address.low).bigEndian
            return SocketAddress(raw)
        }
        var scope: UInt32 = 0
        if let zone = address.zone {
            scope = UInt32(zone) ?? if_nametoindex(zone)
            guard scope != 0 else {
                throw TransportError(.local, "there is no interface “\(zone)”")
            }
        }
        return withUnsafeTemporaryAllocation(byteCount: SocketName.length6, alignment: 8) {
            SocketName.write(address, port: port, scope: scope, to: $0)
            return SocketAddress($0.load(as: sockaddr_in6.self))
        }
    }

    static func make(unix path: String) throws(TransportError) -> SocketAddress {
        do {
            return try SocketAddress(unixDomainSocketPath: path)
        } catch {
            throw TransportError(.local, "“\(path)” is too long for a unix socket")
        }
    }

    static func endpoint(_ address: SocketAddress) -> Endpoint {
        let name = address.withSockAddr { pointer, _ in SocketName.read(UnsafeRawPointer(pointer)) }
        guard let name else { return .unix(address.pathname ?? "") }
        return .address(name.address, port: name.port)
    }
}
