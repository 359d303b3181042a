/// Where a scripted server breaks off a TLS handshake.
struct HandshakeCut {
    /// How many octets of the handshake are still sent.
    var left: Int
    /// Whether they are: TLS has no say any more, and the client is not heard.
    var isReached = false
    /// Plays what comes behind the last octet.
    let proceed: () -> Void
}
