import COpenSSL

/// A client's settings, made once and shared by every connection of a run.
///
/// Immutable after set-up. The system's trust store is loaded when the first engine needs it.
public final class TLSClientContext: Sendable {
    let handle: ContextHandle
    /// The certificates to trust; nil for the system's.
    let trust: TrustStore?

    /// Sets a context up.
    ///
    /// - Throws: `TLSError` when a CA file, identity or option is not usable.
    public init(_ options: TLSClientOptions = TLSClientOptions()) throws(TLSError) {
        let builder = try ContextBuilder(isServer: false)
        try builder.setVersions(options.minimumVersion, options.maximumVersion)
        // TLS 1.0 and 1.1 sign with MD5 and SHA-1, which only level 0 lets pass.
        builder.setSecurityLevel(
            options.securityLevel ?? (options.minimumVersion < .tls12 ? 0 : 2)
        )
        try builder.setCiphers(
            options.ciphers,
            suites: options.cipherSuites,
            groups: options.groups
        )
        handle = builder.handle
        switch options.trust {
        case .system: trust = nil
        case .file(let path): trust = try TrustStore(file: path)
        case .pem(let text): trust = try TrustStore(pem: text)
        }
        if let identity = options.identity { try builder.use(identity) }
        if options.requestsStapling { parley_ctx_request_stapling(handle.pointer) }
        SSL_CTX_set_verify(handle.pointer, SSL_VERIFY_PEER, nil)
        SSL_CTX_set_client_cert_cb(handle.pointer, HandshakeRecord.noteCertificateRequest)
        let protocols = try ContextBuilder.encode(options.applicationProtocols)
        if !protocols.isEmpty,
            SSL_CTX_set_alpn_protos(handle.pointer, protocols, UInt32(protocols.count)) != 0
        {
            throw TLSError(.option, drainingInto: "ALPN names")
        }
    }
}
