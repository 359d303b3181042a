/// A certificate chain and its private key, as a server shows them (a client may, too).
public struct ServerIdentity: Sendable, Hashable {
    /// The chain as PEM text, leaf first.
    public let certificatePEM: [UInt8]
    /// The leaf's private key as unencrypted PEM text.
    public let privateKeyPEM: [UInt8]

    /// An identity from PEM text, which is read only when a context uses it.
    public init(certificatePEM: [UInt8], privateKeyPEM: [UInt8]) {
        self.certificatePEM = certificatePEM
        self.privateKeyPEM = privateKeyPEM
    }
}
