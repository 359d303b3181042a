/// What a simulated network does to the connections to one endpoint.
///
/// ```swift
/// network.setFault(.init(connecting: .blackHole), for: server)
/// network.setFault(.init(segments: .singleBytes), for: server)
/// network.setFault(.init(toClient: .reset(after: 40)), for: server)
/// ```
public struct NetworkFault: Hashable, Sendable {
    /// What comes of an attempt to connect.
    public enum Connecting: Hashable, Sendable {
        /// Whoever listens accepts.
        case normal
        /// The peer answers with a reset (`ECONNREFUSED`).
        case refuse
        /// A router answers that there is no way (`EHOSTUNREACH`).
        case unreachable
        /// Nothing ever answers.
        case blackHole
    }

    /// How what is written arrives.
    public enum Segments: Hashable, Sendable {
        /// Every write arrives by itself.
        case asWritten
        /// Every octet arrives by itself.
        case singleBytes
        /// Writes that follow each other within a millisecond arrive together.
        case coalesced
    }

    /// What ends one direction before its time.
    public enum Break: Hashable, Sendable {
        /// Nothing.
        case never
        /// Octets beyond the first so many vanish; the connection stays open.
        case drop(after: Int)
        /// The connection is reset when more than so many octets were sent.
        case reset(after: Int)
    }

    /// What comes of an attempt to connect.
    public var connecting: Connecting

    /// How what is written arrives, in both directions.
    public var segments: Segments

    /// What happens to what the listening side sends.
    public var toClient: Break

    /// What happens to what the connecting side sends.
    public var toServer: Break

    /// The time a packet takes; drawn from the network's range if `nil`.
    public var latency: Duration?

    /// A fault; without arguments, none at all.
    public init(
        connecting: Connecting = .normal,
        segments: Segments = .asWritten,
        toClient: Break = .never,
        toServer: Break = .never,
        latency: Duration? = nil
    ) {
        self.connecting = connecting
        self.segments = segments
        self.toClient = toClient
        self.toServer = toServer
        self.latency = latency
    }
}
