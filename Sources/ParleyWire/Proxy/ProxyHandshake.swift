/// The dialogue with a proxy before the server's own octets: bytes in, bytes out, no I/O.
public protocol ProxyHandshake {
    /// What opens the dialogue.
    ///
    /// - Throws: ``ProxyError`` (`credentials`) if something asked for cannot be said.
    mutating func start() throws(ProxyError) -> [UInt8]

    /// Takes what the proxy sent. It keeps a bounded number of octets, whatever comes.
    ///
    /// - Throws: ``ProxyError`` if the proxy refuses or does not speak the protocol.
    mutating func receive(_ bytes: [UInt8]) throws(ProxyError) -> ProxyStep
}

/// What follows from what a proxy sent.
public enum ProxyStep: Hashable, Sendable {
    /// More must come first.
    case more
    /// Send this, then go on reading.
    case send([UInt8])
    /// The way is open; the octets are the server's first.
    case open([UInt8])
}
