/// What a connection is made to, and how.
public struct ConnectTarget: Hashable, Sendable {
    /// The time from one attempt to the next where nothing else is said (RFC 8305 §5).
    public static let usualAttemptDelay = Duration.milliseconds(250)

    /// The peer: an address with a port, a name to be looked up, or a unix socket.
    public var endpoint: Endpoint

    /// Further addresses of the same peer; they are raced with the first (RFC 8305).
    public var alternatives: [Endpoint]

    /// The source address to bind, if the script asks for one.
    public var source: IPAddress?

    /// The source port to bind, if the script asks for one; never 0.
    public var sourcePort: UInt16?

    /// The only family of addresses to use, if the script asks for one.
    public var family: AddressFamily?

    /// How long an attempt is given before the next address is tried beside it; 10 ms to 2 s are
    /// used, as RFC 8305 §8 wants it.
    public var attemptDelay: Duration

    /// A target at `endpoint`, from `source` if given.
    public init(
        _ endpoint: Endpoint,
        alternatives: [Endpoint] = [],
        source: IPAddress? = nil,
        sourcePort: UInt16? = nil,
        family: AddressFamily? = nil,
        attemptDelay: Duration = ConnectTarget.usualAttemptDelay
    ) {
        self.endpoint = endpoint
        self.alternatives = alternatives
        self.source = source
        self.sourcePort = sourcePort
        self.family = family
        self.attemptDelay = attemptDelay
    }
}

/// IPv4 or IPv6.
public enum AddressFamily: String, Hashable, Sendable, CaseIterable {
    /// IPv4.
    case ipv4
    /// IPv6.
    case ipv6

    /// How people write it: `IPv4`.
    public var title: String { self == .ipv4 ? "IPv4" : "IPv6" }
}

extension IPAddress {
    /// The family it belongs to.
    public var family: AddressFamily { isIPv6 ? .ipv6 : .ipv4 }

    /// `0.0.0.0` or `::`: any address of the machine.
    package static func unspecified(_ family: AddressFamily) -> IPAddress {
        family == .ipv6 ? IPAddress(high: 0, low: 0) : IPAddress(v4: 0)
    }
}
