/// A stream of bytes to one peer.
///
/// All members are for callbacks running on the connection's loop. After ``close()`` the handler
/// hears nothing more except ``TransportHandler/transportClosed(_:)``, once.
public protocol Transport: AnyObject {
    /// The peer's address, once connected.
    var remoteEndpoint: Endpoint? { get }

    /// Our own address, once connected.
    var localEndpoint: Endpoint? { get }

    /// Bytes handed to ``write(_:)`` that the operating system has not taken yet.
    var pendingBytes: Int { get }

    /// Queues `bytes` and sends them as soon as the socket takes them.
    func write(_ bytes: [UInt8])

    /// Stops or resumes reading (back-pressure); reading is on at first.
    func setReading(_ reading: Bool)

    /// Says that nothing more will be written (a TCP FIN) and keeps reading.
    func finishWriting()

    /// Closes at once; unsent bytes are dropped. Harmless when repeated.
    func close()

    /// Closes once the queued bytes have gone out.
    func closeAfterWriting()

    /// Closes with a reset (a TCP RST, `SO_LINGER` 0), as a crashing server does.
    func reset()
}

/// Hears what happens to one connection, on its loop.
public protocol TransportHandler: AnyObject {
    /// The connection is made; called for outgoing connections only.
    func transportConnected(_ transport: any Transport)

    /// Bytes arrived. The buffer is valid during the call only.
    func transportReceived(_ bytes: UnsafeRawBufferPointer)

    /// The peer will send nothing more; the other direction is still open.
    func transportInputEnded()

    /// The connection is gone, or could not be made; `nil` after an orderly close. Called once.
    func transportClosed(_ error: TransportError?)
}

/// What a connection is made to, and how.
public struct ConnectTarget: Hashable, Sendable {
    /// The peer: an address with a port, a name to be looked up, or a unix socket.
    public var endpoint: Endpoint

    /// The source address to bind, if the script asks for one.
    public var source: IPAddress?

    /// A target at `endpoint`, from `source` if given.
    public init(_ endpoint: Endpoint, source: IPAddress? = nil) {
        self.endpoint = endpoint
        self.source = source
    }
}

/// Why a connection could not be made, or ended.
public struct TransportError: Error, Hashable, Sendable {
    /// What went wrong, in the vocabulary of the `net.`, `dns.` and `local.` reasons.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// Nobody listens (`ECONNREFUSED`).
        case refused
        /// No route, or an ICMP unreachable (`ENETUNREACH`, `EHOSTUNREACH`).
        case unreachable
        /// The kernel gave up (`ETIMEDOUT`).
        case timeout
        /// The peer reset the connection (`ECONNRESET`, `EPIPE`).
        case reset
        /// The name does not exist.
        case nameNotFound
        /// The name exists and has no address.
        case nameHasNoAddress
        /// The resolver failed or did not answer.
        case resolverFailed
        /// This machine refuses: no permission, no own route, no address of that family.
        case local
        /// This machine has no file descriptors or buffers left.
        case resources
    }

    /// What went wrong.
    public var code: Code

    /// The system's own words, for the details of a report: `connect: Connection refused (111)`.
    public var detail: String

    /// An error of `code` with the system's words.
    public init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}
