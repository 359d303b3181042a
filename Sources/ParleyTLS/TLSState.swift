/// Where a TLS connection stands.
public enum TLSState: Sendable {
    /// More bytes from the peer are needed.
    case handshaking
    /// Plaintext flows.
    case established
    /// The peer sent close_notify; what came before it is still to be taken.
    case closed
    /// It is over. An alert for the peer may be in the output.
    case failed(TLSFailure)
}
