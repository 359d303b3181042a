/// A stream of bytes to one peer.
///
/// All members are for callbacks running on the connection's loop. After ``close()`` the handler
/// hears nothing more except ``TransportHandler/transportClosed(_:)``, once.
public protocol Transport: AnyObject {
    /// The peer's address, once connected.
    var remoteEndpoint: Endpoint? { get }

    /// Our own address, once connected.
    var localEndpoint: Endpoint? { get }

    /// The addresses that were tried or are being tried, in order, where there are several.
    var attempts: [ConnectAttempt] { get }

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

    /// Everything that waited in ``Transport/pendingBytes`` has gone out. Called only where
    /// something had to wait.
    func transportDrained()

    /// The peer will send nothing more; the other direction is still open.
    func transportInputEnded()

    /// The connection is gone, or could not be made; `nil` after an orderly close. Called once.
    func transportClosed(_ error: TransportError?)
}

extension Transport {
    /// There is one address only.
    public var attempts: [ConnectAttempt] { [] }
}
