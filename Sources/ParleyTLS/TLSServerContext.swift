import COpenSSL

/// A scripted server's settings: its certificate, versions, ALPN, tickets, client certificates.
public final class TLSServerContext: Sendable {
    let handle: ContextHandle
    /// How the certificate of a client is judged.
    let verification: TLSVerification
    let trust: TrustStore?
    private let protocols: ProtocolList
    private let staple: StapledResponse?

    /// Sets a context up from a certificate chain (leaf first) and its key, both PEM.
    ///
    /// - Throws: `TLSError` when they are unreadable or do not fit, or an option is not usable.
    public convenience init(
        certificate: [UInt8],
        key: [UInt8],
        options: TLSServerOptions = TLSServerOptions()
    ) throws(TLSError) {
        try self.init(
            ServerIdentity(certificatePEM: certificate, privateKeyPEM: key),
            options: options
        )
    }

    /// Sets a context up from an identity.
    ///
    /// - Throws: `TLSError` when the identity or an option is not usable.
    public init(
        _ identity: ServerIdentity,
        options: TLSServerOptions = TLSServerOptions()
    ) throws(TLSError) {
        let builder = try ContextBuilder(isServer: true)
        handle = builder.handle
        let context = handle.pointer
        // A scripted server shows weak keys and old versions on purpose.
        builder.setSecurityLevel(0)
        try builder.setVersions(options.minimumVersion, options.maximumVersion)
        try builder.setCiphers(
            options.ciphers,
            suites: options.cipherSuites,
            groups: options.groups
        )
        try builder.use(identity)
        SSL_CTX_set_num_tickets(context, max(0, min(16, options.tickets)))
        if options.tickets <= 0 { parley_ctx_disable_tickets(context) }
        let name: [UInt8] = Array("parley".utf8)
        SSL_CTX_set_session_id_context(context, name, UInt32(name.count))

        let mustShow = SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT
        switch options.clientCertificate {
        case .notAsked:
            (verification, trust) = (.none, nil)
        case .wanted:
            (verification, trust) = (.none, nil)
            SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        case .anyRequired:
            (verification, trust) = (.none, nil)
            SSL_CTX_set_verify(context, mustShow, nil)
        case .required(let authorities):
            verification = .chain
            trust = try TrustStore(pem: authorities)
            SSL_CTX_set_verify(context, mustShow, nil)
        }

        staple = options.staple.map { StapledResponse($0) }
        protocols = ProtocolList(try ContextBuilder.encode(options.applicationProtocols))
        // The engine keeps this context, and so both, for as long as OpenSSL may call.
        if let staple {
            parley_ctx_set_staple_callback(
                context,
                StapledResponse.staple,
                Unmanaged.passUnretained(staple).toOpaque()
            )
        }
        if !protocols.wire.isEmpty {
            SSL_CTX_set_alpn_select_cb(
                context,
                ProtocolList.select,
                Unmanaged.passUnretained(protocols).toOpaque()
            )
        }
    }
}

/// The server's ALPN names where a C callback can find them.
private final class ProtocolList: Sendable {
    let wire: [UInt8]

    init(_ wire: [UInt8]) {
        self.wire = wire
    }

    static let select: SSL_CTX_alpn_select_cb_func = { _, chosen, length, offer, count, owner in
        guard let owner, let chosen, let length, let offer else { return SSL_TLSEXT_ERR_NOACK }
        let list = Unmanaged<ProtocolList>.fromOpaque(owner).takeUnretainedValue()
        // The choice must outlive this call, so it is made out of the client's bytes.
        var position = 0
        let offered = UnsafeBufferPointer(start: offer, count: Int(count))
        let mine = list.names
        var best: (rank: Int, start: Int, size: UInt8)?
        while position < offered.count {
            let size = offered[position]
            let end = position + 1 + Int(size)
            guard end <= offered.count else { break }
            let name = offered[(position + 1)..<end]
            if let rank = mine.firstIndex(where: { $0.elementsEqual(name) }),
                rank < best?.rank ?? .max
            {
                best = (rank, position + 1, size)
            }
            position = end
        }
        guard let best else { return SSL_TLSEXT_ERR_NOACK }
        chosen.pointee = offer + best.start
        length.pointee = best.size
        return SSL_TLSEXT_ERR_OK
    }

    private var names: [ArraySlice<UInt8>] {
        var result: [ArraySlice<UInt8>] = []
        var position = 0
        while position < wire.count {
            let end = position + 1 + Int(wire[position])
            result.append(wire[(position + 1)..<end])
            position = end
        }
        return result
    }
}
