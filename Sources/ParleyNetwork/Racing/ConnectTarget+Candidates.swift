extension ConnectTarget {
    /// How many addresses of one name are tried: a hostile zone may list thousands.
    package static let candidateLimit = 32

    /// The endpoints to try where the target needs no look-up.
    ///
    /// - Throws: ``TransportError`` (`local`) if none is of the family that is asked for.
    package func candidates() throws(TransportError) -> [Endpoint] {
        let usable = ([endpoint] + alternatives).filter { endpoint in
            guard case .address(let address, _) = endpoint else { return true }
            return fits(address)
        }
        guard usable.isEmpty else { return Array(usable.prefix(Self.candidateLimit)) }
        if let family {
            throw TransportError(.local, "\(endpoint) is no \(family.title) address")
        }
        throw TransportError(.local, "the source address is of the other family")
    }

    /// The endpoints to try for the addresses that a name has, those of each family in the order of
    /// RFC 6724: the families take turns, so that one that leads nowhere costs one delay (RFC 8305
    /// §4).
    ///
    /// - Throws: ``TransportError``: `nameHasNoAddress` if there is none of the family that is
    ///   asked for, `local` if there is none of the source address's.
    package func candidates(
        of name: String,
        _ addresses: [IPAddress],
        port: UInt16
    ) throws(TransportError) -> [Endpoint] {
        let wanted = addresses.filter { family == nil || family == $0.family }
        if wanted.isEmpty, let family {
            throw TransportError(.nameHasNoAddress, "“\(name)” has no \(family.title) address")
        }
        let usable = wanted.filter(fits)
        guard let first = usable.first else {
            throw TransportError(.local, "“\(name)” has no address of the source's family")
        }
        let leading = usable.filter { $0.family == first.family }
        let others = usable.filter { $0.family != first.family }
        var ordered: [IPAddress] = []
        for index in 0..<max(leading.count, others.count) {
            if index < leading.count { ordered.append(leading[index]) }
            if index < others.count { ordered.append(others[index]) }
        }
        return ordered.prefix(Self.candidateLimit).map { .address($0, port: port) }
    }

    private func fits(_ address: IPAddress) -> Bool {
        (family == nil || family == address.family)
            && (source == nil || source?.family == address.family)
    }
}
