import COpenSSL

extension TLSEngine {
    /// The peer's signature algorithm by its name in TLS 1.3's registry (RFC 8446 section 4.2.3),
    /// which TLS 1.2 shares by number.
    var signatureAlgorithm: String? {
        var digest: Int32 = 0
        let kind = parley_ssl_peer_signature(ssl, &digest)
        let hash =
            switch digest {
            case NID_md5: "md5"
            case NID_sha1: "sha1"
            case NID_sha224: "sha224"
            case NID_sha256: "sha256"
            case NID_sha384: "sha384"
            case NID_sha512: "sha512"
            default: ""
            }
        switch kind {
        case 0: return nil
        case EVP_PKEY_RSA: return hash.isEmpty ? "rsa" : "rsa_pkcs1_" + hash
        case EVP_PKEY_RSA_PSS:
            let key = SSL_get0_peer_certificate(ssl).flatMap { X509_get0_pubkey($0) }
            let isPlain = key.map { EVP_PKEY_get_base_id($0) == EVP_PKEY_RSA } ?? true
            return (isPlain ? "rsa_pss_rsae_" : "rsa_pss_pss_") + hash
        case EVP_PKEY_EC:
            switch digest {
            case NID_sha256: return "ecdsa_secp256r1_sha256"
            case NID_sha384: return "ecdsa_secp384r1_sha384"
            case NID_sha512: return "ecdsa_secp521r1_sha512"
            default: return hash.isEmpty ? "ecdsa" : "ecdsa_" + hash
            }
        case EVP_PKEY_ED25519: return "ed25519"
        case EVP_PKEY_ED448: return "ed448"
        default: return OBJ_nid2sn(kind).map { String(cString: $0) }
        }
    }
}
