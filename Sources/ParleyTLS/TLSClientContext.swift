import COpenSSL

/// A client's settings, made once and shared by every connection of a run.
///
/// Immutable after set-up. The system's trust store is loaded when the first engine needs it.
public final class TLSClientContext: Sendable {
    let handle: ContextHandle
    /// The certificates to trust; nil for the system's.
    let trust: TrustStore?
    /// The security level that the peer's certificates must have.
    let certificateLevel: Int32
    let demandsStapling: Bool
    let usesTickets: Bool
    let keyLog: TLSKeyLog?
    /// The longest chain that is followed, the trusted authority at its end not counted; real ones
    /// have two to five certificates.
    static let deepestChain: Int32 = 16

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
        // Offering old versions is no reason to think better of a certificate.
        certificateLevel = Int32(clamping: max(0, min(5, options.securityLevel ?? 2)))
        demandsStapling = options.demandsStapling
        usesTickets = options.usesTickets
        keyLog = options.keyLog
        try builder.setCiphers(
            options.ciphers,
            suites: options.cipherSuites,
            groups: options.groups
        )
        try builder.setSignatureAlgorithms(options.signatureAlgorithms)
        if !options.usesTickets { parley_ctx_disable_tickets(builder.handle.pointer) }
        handle = builder.handle
        switch options.trust {
        case .system: trust = nil
        case .file(let path): trust = try TrustStore(file: path)
        case .pem(let text): trust = try TrustStore(pem: text)
        }
        if let identity = options.identity { try builder.use(identity) }
        if options.requestsStapling || options.demandsStapling {
            parley_ctx_request_stapling(handle.pointer)
            parley_ctx_set_status_callback(handle.pointer, HandshakeRecord.judgeStaple)
        }
        if options.keyLog != nil {
            SSL_CTX_set_keylog_callback(handle.pointer, HandshakeRecord.logKeys)
        }
        // OpenSSL counts the certificates between the two ends.
        SSL_CTX_set_verify_depth(handle.pointer, Self.deepestChain - 1)
        guard SSL_CTX_dane_enable(handle.pointer) == 1 else {
            throw TLSError(.library, drainingInto: "DANE")
        }
        _ = SSL_CTX_dane_set_flags(handle.pointer, UInt(DANE_FLAG_NO_DANE_EE_NAMECHECKS))
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
