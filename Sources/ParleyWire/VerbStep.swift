/// What the driver of a session does next for a running verb.
public enum VerbStep: Sendable {
    /// Write these octets and wait for the next reply.
    case send(Outgoing)

    /// Do this where it does not keep the loop busy, then resume with the same reply.
    case compute(@Sendable () -> Void)

    /// Write nothing, and wait for the next reply.
    case wait

    /// The verb is over; this reply is judged.
    case done(Reply)

    /// The server agreed to TLS: if nothing else is unread, begin the handshake, then report it
    /// with ``ProtocolClient/upgraded()``. The reply is judged like any other.
    case startTLS(Reply)
}

/// Octets to be written, and which of them no one may see.
public struct Outgoing: Hashable, Sendable {
    /// What is written.
    public var bytes: [UInt8]

    /// The parts of ``bytes`` that are secret or an encoding of a secret, ascending.
    public var secretRanges: [Range<Int>]

    /// Octets to be written.
    public init(_ bytes: [UInt8], secretRanges: [Range<Int>] = []) {
        self.bytes = bytes
        self.secretRanges = secretRanges
    }
}
