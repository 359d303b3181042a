internal import Glibc

/// An address in the form the socket calls take (`sockaddr_in`, `sockaddr_in6`), written and read octet
/// by octet: the C library's IPv6 fields are not visible to Swift without NIO's private modules.
enum SocketName {
    static let length6 = 28

    /// Writes a `sockaddr_in6` into `memory`, which has ``length6`` octets.
    static func write(
        _ address: IPAddress,
        port: UInt16,
        scope: UInt32,
        to memory: UnsafeMutableRawBufferPointer
    ) {
        memory.initializeMemory(as: UInt8.self, repeating: 0)
        memory.storeBytes(of: sa_family_t(AF_INET6), as: sa_family_t.self)
        memory.storeBytes(of: port.bigEndian, toByteOffset: 2, as: UInt16.self)
        memory.storeBytes(of: address.high.bigEndian, toByteOffset: 8, as: UInt64.self)
        memory.storeBytes(of: address.low.bigEndian, toByteOffset: 16, as: UInt64.self)
        memory.storeBytes(of: scope, toByteOffset: 24, as: UInt32.self)
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
