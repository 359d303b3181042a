import COpenSSL

/// Something wrong with the peer's certificate, whether or not it was refused for it.
public struct TLSProblem: Sendable, Hashable {
    /// The dotted reason, e.g. `tls.certificate.expired`.
    public let reason: String
    /// OpenSSL's words with the facts of the certificate, safe to print.
    public let detail: String
    /// Which certificate it is about: 0 for the leaf, its issuer 1, and so on.
    public let depth: Int

    init(
        _ finding: HandshakeRecord.Finding,
        in chain: TLSPeerChain?,
        verifyName: TLSVerifyName?
    ) {
        let kind = Self.kind(of: finding.code)
        reason = "tls.certificate." + kind
        depth = Int(finding.depth)
        let words = String(cString: X509_verify_cert_error_string(Int(finding.code)))
        let chain = chain?.certificates ?? []
        let certificate = chain.indices.contains(depth) ? chain[depth] : nil
        let fact = certificate.flatMap { Self.fact(of: kind, $0, verifyName) }
        detail = SafeText.escape(words + (fact.map { ": " + $0 } ?? ""), limit: 600)
    }

    private static func kind(of code: Int32) -> String {
        switch code {
        case X509_V_ERR_CERT_HAS_EXPIRED: "expired"
        case X509_V_ERR_CERT_NOT_YET_VALID: "not-yet-valid"
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: "self-signed"
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH: "wrong-host"
        case X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_CA_KEY_TOO_SMALL, X509_V_ERR_CA_MD_TOO_WEAK:
            "weak"
        case X509_V_ERR_CERT_REVOKED: "revoked"
        default: "untrusted"
        }
    }

    private static func fact(
        of kind: String,
        _ certificate: Certificate,
        _ verifyName: TLSVerifyName?
    ) -> String? {
        switch kind {
        case "expired": return "it ended at " + UTCText.describe(certificate.notAfter)
        case "not-yet-valid": return "it starts at " + UTCText.describe(certificate.notBefore)
        case "weak":
            let key = "\(certificate.publicKeyKind) \(certificate.publicKeyBits) bits"
            return "\(key), \(certificate.signatureAlgorithm)"
        case "wrong-host":
            let names =
                certificate.names.isEmpty ? [certificate.commonName ?? ""] : certificate.names
            let some = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
            return "wanted \(verifyName.map(describe) ?? "another name"), it covers \(some)"
        case "untrusted": return "issued by " + certificate.issuer
        default: return certificate.subject
        }
    }

    private static func describe(_ name: TLSVerifyName) -> String {
        switch name {
        case .host(let host): host
        case .address(let bytes): AddressText.describe(bytes)
        }
    }
}
