/// How a scripted server leaves a client in the middle of a TLS handshake.
struct HandshakeCut {
    /// What comes behind the last octet.
    enum Ending { case drop, reset, stall }

    /// How many octets of the handshake are still sent.
    var left: Int
    var ending: Ending
}
