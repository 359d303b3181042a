import COpenSSL

extension TLSEngine {
    /// The channel binding `tls-exporter`, RFC 9266: 32 octets of keying material that only the two
    /// ends of this connection can compute; nil before the handshake, and below TLS 1.3 without an
    /// extended master secret, where connections could share it.
    public var exporterBinding: [UInt8]? {
        guard isEstablished else { return nil }
        guard SSL_version(ssl) == TLS1_3_VERSION || parley_ssl_has_extended_secret(ssl) == 1 else {
            return nil
        }
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        let label = "EXPORTER-Channel-Binding"
        var data = [UInt8](repeating: 0, count: 32)
        let context: [UInt8] = [0]
        let result = SSL_export_keying_material(
            ssl,
            &data,
            data.count,
            label,
            label.utf8.count,
            context,
            0,
            1
        )
        return result == 1 ? data : nil
    }

    /// The channel binding `tls-server-end-point`, RFC 5929 §4: the hash of the server's
    /// certificate, by the hash of its signature, or SHA-256 where that is MD5 or SHA-1; nil before
    /// the handshake, and where the signature has no hash of its own (Ed25519), for which the RFC
    /// defines nothing.
    public var serverEndPointBinding: [UInt8]? {
        guard isEstablished else { return nil }
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        let certificate =
            SSL_is_server(ssl) == 1 ? SSL_get_certificate(ssl) : SSL_get0_peer_certificate(ssl)
        guard let certificate else { return nil }
        var hash: Int32 = 0
        guard X509_get_signature_info(certificate, &hash, nil, nil, nil) == 1 else { return nil }
        if hash == NID_md5 || hash == NID_sha1 { hash = NID_sha256 }
        guard hash != NID_undef, let method = EVP_get_digestbyname(OBJ_nid2sn(hash)) else {
            return nil
        }
        return [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, count in
            var length: UInt32 = 0
            let result = X509_digest(certificate, method, buffer.baseAddress, &length)
            count = result == 1 ? Int(length) : 0
        }
    }
}
