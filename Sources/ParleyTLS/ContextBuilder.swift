import COpenSSL

/// What clients' and servers' contexts have in common while they are set up.
struct ContextBuilder {
    /// The largest `Certificate` message taken from a peer, in bytes.
    static let largestChain = 64 << 10

    let handle: ContextHandle
    private var context: OpaquePointer { handle.pointer }

    init(isServer: Bool) throws(TLSError) {
        try OpenSSLLibrary.start()
        ErrorQueue.clear()
        guard let context = SSL_CTX_new(isServer ? TLS_server_method() : TLS_client_method()) else {
            throw TLSError(.library, drainingInto: "no memory for a TLS context")
        }
        handle = ContextHandle(owning: context)
        parley_ctx_set_defaults(context, Self.largestChain)
        // A client decides in one place for every mode, a server for client certificates.
        SSL_CTX_set_cert_verify_callback(context, HandshakeRecord.verifyChain, nil)
        SSL_CTX_set_info_callback(context, HandshakeRecord.noteAlert)
    }

    func setVersions(_ least: TLSVersion, _ most: TLSVersion) throws(TLSError) {
        guard least <= most else {
            throw TLSError(.option, "no TLS version from \(least) to \(most) can be offered")
        }
        guard
            parley_ctx_set_versions(context, Int32(least.number), Int32(most.number)) == 1
        else { throw TLSError(.option, drainingInto: "TLS versions \(least) to \(most)") }
    }

    func setCiphers(
        _ ciphers: String?,
        suites: String?,
        groups: String?
    ) throws(TLSError) {
        if let ciphers, SSL_CTX_set_cipher_list(context, ciphers) != 1 {
            throw TLSError(.option, drainingInto: "cipher list \(ciphers)")
        }
        if let suites, SSL_CTX_set_ciphersuites(context, suites) != 1 {
            throw TLSError(.option, drainingInto: "cipher suites \(suites)")
        }
        if let groups, parley_ctx_set_groups(context, groups) != 1 {
            throw TLSError(.option, drainingInto: "groups \(groups)")
        }
    }

    func setSignatureAlgorithms(_ names: String?) throws(TLSError) {
        if let names, parley_ctx_set_signature_algorithms(context, names) != 1 {
            throw TLSError(.option, drainingInto: "signature algorithms \(names)")
        }
    }

    func setSecurityLevel(_ level: Int) {
        SSL_CTX_set_security_level(context, Int32(clamping: max(0, min(5, level))))
    }

    func use(_ identity: ServerIdentity) throws(TLSError) {
        let source = "the certificate chain"
        let chain = try PEMReader.certificates(identity.certificatePEM, named: source)
        let key = try PEMReader.privateKey(identity.privateKeyPEM)
        ErrorQueue.clear()
        guard let leaf = chain.first, SSL_CTX_use_certificate(context, leaf.pointer) == 1 else {
            throw TLSError(.unreadable, drainingInto: source)
        }
        for issuer in chain.dropFirst() {
            guard parley_ctx_add_chain_certificate(context, issuer.pointer) == 1 else {
                throw TLSError(.unreadable, drainingInto: source)
            }
        }
        guard SSL_CTX_use_PrivateKey(context, key.pointer) == 1,
            SSL_CTX_check_private_key(context) == 1
        else { throw TLSError(.mismatch, drainingInto: "private key and certificate") }
    }

    /// ALPN's list on the wire: each name after its length (RFC 7301 section 3.1).
    static func encode(_ protocols: [String]) throws(TLSError) -> [UInt8] {
        var wire: [UInt8] = []
        for name in protocols {
            guard let length = UInt8(exactly: name.utf8.count), length > 0 else {
                throw TLSError(.option, "an ALPN name has 1 to 255 bytes")
            }
            wire.append(length)
            wire.append(contentsOf: name.utf8)
        }
        return wire
    }
}
