/// How much of the peer's certificate must be right.
public enum TLSVerification: String, Sendable, Hashable {
    /// The chain is trusted and the leaf covers the name.
    case full
    /// The chain is trusted; a wrong name is only noted among the problems.
    case chain
    /// Nothing is refused; what is wrong is noted among the problems.
    case none
}

/// The name that the peer's certificate must cover.
public enum TLSVerifyName: Sendable, Hashable {
    /// A host name (RFC 6125), as A-labels.
    case host(String)
    /// An IP address of 4 or 16 bytes; it needs a subject alternative name of that kind.
    case address([UInt8])
}

/// Which certificate authorities a client trusts.
public enum TLSTrust: Sendable, Hashable {
    /// Those of the system, honouring `SSL_CERT_FILE` and `SSL_CERT_DIR`; loaded when first needed.
    case system
    /// Only the certificates in this PEM file.
    case file(String)
    /// Only the certificates in this PEM text.
    case pem([UInt8])
}
