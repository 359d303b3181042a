internal import CLinux
internal import Glibc

/// An address in the form the socket calls take (`sockaddr_in`, `sockaddr_in6`, `sockaddr_un`),
/// written and read octet by octet: Swift does not see the C library's fields alike everywhere.
struct SocketName {
    private static let length4 = 16
    private static let length6 = 28
    /// What a path may take of `sockaddr_un`, the NUL at its end included.
    private static let pathLength = 108

    private var storage = sockaddr_storage()
    private var length: socklen_t = 0

    /// - Throws: ``TransportError`` (`local`) for a name, a path that no socket can have, or a zone
    ///   that names no interface.
    init(_ endpoint: Endpoint) throws(TransportError) {
        switch endpoint {
        case .address(let address, let port):
            let scope = try Self.scope(of: address)
            edit { Self.write(address, port: port, scope: scope, to: $0) }
            length = socklen_t(address.isIPv6 ? Self.length6 : Self.length4)
        case .unix(let path):
            let octets = Array(path.utf8)
            guard !octets.isEmpty, octets.count < Self.pathLength, !octets.contains(0) else {
                throw TransportError(.local, "“\(path)” is no path for a unix socket")
            }
            edit { memory in
                memory.storeBytes(of: sa_family_t(AF_UNIX), as: sa_family_t.self)
                (memory + 2).copyMemory(from: octets, byteCount: octets.count)
            }
            length = socklen_t(3 + octets.count)
        case .name(let name, _):
            throw TransportError(.local, "an address is needed, not the name “\(name)”")
        }
    }

    private init() {}

    /// Our own address on a connected or listening socket.
    static func local(of descriptor: Int32) -> SocketName? {
        var name = SocketName()
        let status = name.filled { getsockname(descriptor, $0, $1) }
        return status == 0 ? name : nil
    }

    /// Accepts a connection: its descriptor, negative if there is none, and its peer's address.
    static func accept(from descriptor: Int32) -> (Int32, SocketName?) {
        var name = SocketName()
        let accepted = name.filled { parley_accept(descriptor, $0, $1) }
        return (accepted, accepted < 0 ? nil : name)
    }

    var isIPv6: Bool { storage.ss_family == sa_family_t(AF_INET6) }

    var isInternet: Bool { storage.ss_family != sa_family_t(AF_UNIX) }

    /// The address and port; `nil` if the name is none of the internet's.
    var endpoint: Endpoint? {
        withUnsafeBytes(of: storage) { bytes in
            bytes.baseAddress.flatMap(Self.read).map { .address($0.address, port: $0.port) }
        }
    }

    /// A non-blocking socket of this family; TCP sends at once.
    func makeSocket() throws(TransportError) -> Int32 {
        let flags = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(Int32(storage.ss_family), flags, 0)
        guard descriptor >= 0 else {
            throw TransportError(errno: errno, call: "socket", phase: .local)
        }
        if isInternet {
            SocketOption.turnOn(TCP_NODELAY, of: Int32(IPPROTO_TCP), on: descriptor)
        }
        return descriptor
    }

    /// Calls `body` with what `connect` and `bind` take.
    func withAddress(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        withUnsafePointer(to: storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    private mutating func filled(
        _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) -> Int32 {
        length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &length) }
        }
    }

    private mutating func edit(_ body: (UnsafeMutableRawPointer) -> Void) {
        withUnsafeMutableBytes(of: &storage) { bytes in
            if let base = bytes.baseAddress { body(base) }
        }
    }
}

// MARK: - Octets

extension SocketName {
    private static func write(
        _ address: IPAddress,
        port: UInt16,
        scope: UInt32,
        to memory: UnsafeMutableRawPointer
    ) {
        let family = address.isIPv6 ? AF_INET6 : AF_INET
        memory.storeBytes(of: sa_family_t(family), as: sa_family_t.self)
        memory.storeBytes(of: port.bigEndian, toByteOffset: 2, as: UInt16.self)
        if address.isIPv6 {
            memory.storeBytes(of: address.high.bigEndian, toByteOffset: 8, as: UInt64.self)
            memory.storeBytes(of: address.low.bigEndian, toByteOffset: 16, as: UInt64.self)
            memory.storeBytes(of: scope, toByteOffset: 24, as: UInt32.self)
        } else {
            let bits = UInt32(truncatingIfNeeded: address.low)
            memory.storeBytes(of: bits.bigEndian, toByteOffset: 4, as: UInt32.self)
        }
    }

    /// The address and port in a `sockaddr` of any family; `nil` if it is none of the internet's.
    static func read(_ raw: UnsafeRawPointer) -> (address: IPAddress, port: UInt16)? {
        let port = UInt16(bigEndian: raw.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
        switch Int32(raw.loadUnaligned(as: sa_family_t.self)) {
        case AF_INET:
            let bits = UInt32(bigEndian: raw.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
            return (IPAddress(v4: bits), port)
        case AF_INET6:
            let high = UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            let low = UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
            let scope = raw.loadUnaligned(fromByteOffset: 24, as: UInt32.self)
            return (IPAddress(high: high, low: low, zone: zone(of: scope)), port)
        default:
            return nil
        }
    }

    private static func scope(of address: IPAddress) throws(TransportError) -> UInt32 {
        guard let zone = address.zone else { return 0 }
        let scope = UInt32(zone) ?? if_nametoindex(zone)
        guard scope != 0 else {
            throw TransportError(.local, "there is no interface “\(zone)”")
        }
        return scope
    }

    private static func zone(of index: UInt32) -> String? {
        guard index != 0 else { return nil }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16) {
            guard let base = $0.baseAddress, if_indextoname(index, base) != nil else {
                return String(index)
            }
            return String(cString: base)
        }
    }
}
