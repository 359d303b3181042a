internal import CLinux
internal import Glibc

/// Looks names up with the system's resolver; blocks, so only for the offload pool.
enum SystemResolver {
    /// Constants that glibc's header shows to C with `_GNU_SOURCE` only.
    private static let noData: Int32 = -5
    private static let noAddressOfFamily: Int32 = -9

    /// The addresses of `name` of one family in the order of RFC 6724, at least one.
    ///
    /// A call for both families would return when both have answered, so that a resolver that is
    /// silent about one keeps the other back (RFC 8305 §3).
    static func addresses(
        of name: String,
        _ family: AddressFamily
    ) -> Result<[IPAddress], TransportError> {
        var hints = addrinfo()
        hints.ai_family = family == .ipv6 ? AF_INET6 : AF_INET
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(name, nil, &hints, &list)
        let failure = errno
        defer { if list != nil { freeaddrinfo(list) } }
        guard status == 0 else { return .failure(error(status, failure, name)) }

        var addresses: [IPAddress] = []
        var entry = list
        while let current = entry?.pointee {
            if let address = address(current), !addresses.contains(address) {
                addresses.append(address)
            }
            entry = current.ai_next
        }
        guard !addresses.isEmpty else {
            let words = "“\(name)” has no \(family.title) address"
            return .failure(TransportError(.nameHasNoAddress, words))
        }
        return .success(addresses)
    }

    private static func address(_ entry: addrinfo) -> IPAddress? {
        entry.ai_addr.flatMap { SocketName.read(UnsafeRawPointer($0))?.address }
    }

    private static func error(_ status: Int32, _ number: Int32, _ name: String) -> TransportError {
        let words = "getaddrinfo “\(name)”: \(String(cString: gai_strerror(status))) (\(status))"
        switch status {
        case EAI_NONAME: return TransportError(.nameNotFound, words)
        case noData, noAddressOfFamily: return TransportError(.nameHasNoAddress, words)
        case EAI_MEMORY: return TransportError(.resources, words)
        case EAI_SYSTEM where number == EMFILE || number == ENFILE:
            return TransportError(errno: number, call: "getaddrinfo “\(name)”", phase: .local)
        default: return TransportError(.resolverFailed, words)
        }
    }
}
