import COpenSSL

/// Something wrong with the peer's certificate, whether or not it was refused for it.
public struct TLSProblem: Sendable, Hashable {
    /// What exactly is wrong, e.g. `tls.certificate.missing-intermediate`; see ``names``.
    public let name: String
    /// The dotted reason that a failure for it has, e.g. `tls.certificate.untrusted`.
    public let reason: String
    /// OpenSSL's words with the facts of the certificate, safe to print.
    public let detail: String
    /// Which certificate it is about: 0 for the leaf, its issuer 1, and so on.
    public let depth: Int

    init(_ finding: HandshakeRecord.Finding, in record: HandshakeRecord, verifyName: TLSVerifyName?)
    {
        let chain = record.presented?.certificates ?? []
        depth = Int(finding.depth)
        let certificate = chain.indices.contains(depth) ? chain[depth] : nil
        let kind = Kind(finding.code, certificate, last: chain.last, verifyName)
        name = kind.name
        reason = kind.reason
        let words = kind.words(finding.code)
        let fact = kind.fact(certificate, record, verifyName)
        detail = SafeText.escape(words + (fact.map { ": " + $0 } ?? ""), limit: 600)
    }

    /// Every name that a problem can have, with the reason of a failure for it.
    public static let names: [(name: String, reason: String)] = Kind.allCases.map {
        ($0.name, $0.reason)
    }
}

/// The kinds of problems, told apart as a postmaster would.
private enum Kind: String, CaseIterable {
    case expired
    case notYetValid = "not-yet-valid"
    case untrusted
    case untrustedRoot = "untrusted-root"
    case missingIntermediate = "missing-intermediate"
    case selfSigned = "self-signed"
    case wrongHost = "wrong-host"
    case commonNameOnly = "cn-only"
    case weakKey = "weak-key"
    case weakSignature = "weak-signature"
    case revoked
    case unknownCriticalExtension = "unknown-critical-extension"
    case wrongPurpose = "wrong-purpose"
    case notAnAuthority = "not-an-authority"
    case badSignature = "bad-signature"
    case nameConstraints = "name-constraints"
    case chainTooLong = "chain-too-long"
    case daneMismatch = "tls.dane.mismatch"
    case stapleMissing = "tls.staple.missing"
    case stapleInvalid = "tls.staple.invalid"

    init(_ code: Int32, _ about: Certificate?, last: Certificate?, _ verifyName: TLSVerifyName?) {
        switch code {
        case X509_V_ERR_CERT_HAS_EXPIRED: self = .expired
        case X509_V_ERR_CERT_NOT_YET_VALID: self = .notYetValid
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: self = .selfSigned
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN: self = .untrustedRoot
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
            X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            // Roots are rarely sent, so an unknown issuer may be a root that is not trusted here. A
            // certificate that says where its issuer's is to be had was issued by an intermediate.
            self = last?.namesIssuerLocation == true ? .missingIntermediate : .untrusted
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
            if case .host(let host) = verifyName, about?.namesOnlyInCommonName(host) == true {
                self = .commonNameOnly
            } else {
                self = .wrongHost
            }
        case X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_CA_KEY_TOO_SMALL: self = .weakKey
        case X509_V_ERR_CA_MD_TOO_WEAK: self = .weakSignature
        case X509_V_ERR_CERT_REVOKED: self = .revoked
        case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION: self = .unknownCriticalExtension
        case X509_V_ERR_INVALID_PURPOSE: self = .wrongPurpose
        case X509_V_ERR_INVALID_CA, X509_V_ERR_PATH_LENGTH_EXCEEDED: self = .notAnAuthority
        case X509_V_ERR_CERT_SIGNATURE_FAILURE: self = .badSignature
        case X509_V_ERR_PERMITTED_VIOLATION, X509_V_ERR_EXCLUDED_VIOLATION: self = .nameConstraints
        case X509_V_ERR_CERT_CHAIN_TOO_LONG: self = .chainTooLong
        case X509_V_ERR_DANE_NO_MATCH: self = .daneMismatch
        case HandshakeRecord.Finding.stapleMissing: self = .stapleMissing
        case HandshakeRecord.Finding.stapleInvalid: self = .stapleInvalid
        default: self = .untrusted
        }
    }

    var name: String { rawValue.contains(".") ? rawValue : "tls.certificate." + rawValue }

    var reason: String {
        switch self {
        case .daneMismatch, .stapleMissing, .stapleInvalid: name
        case .chainTooLong: "limit.chain"
        case .commonNameOnly: Kind.wrongHost.name
        case .weakKey, .weakSignature: "tls.certificate.weak"
        case .untrustedRoot, .missingIntermediate, .unknownCriticalExtension, .wrongPurpose,
            .notAnAuthority, .badSignature, .nameConstraints:
            Kind.untrusted.name
        case .expired, .notYetValid, .untrusted, .selfSigned, .wrongHost, .revoked: name
        }
    }

    func words(_ code: Int32) -> String {
        switch self {
        case .stapleMissing, .stapleInvalid: "an OCSP response was to be stapled"
        case .missingIntermediate: "the server does not send the intermediate certificate"
        case .daneMismatch: "no TLSA record matches"
        case .chainTooLong:
            "the chain has more than \(TLSClientContext.deepestChain) certificates"
        default: String(cString: X509_verify_cert_error_string(Int(code)))
        }
    }

    func fact(
        _ certificate: Certificate?,
        _ record: HandshakeRecord,
        _ verifyName: TLSVerifyName?
    ) -> String? {
        switch self {
        case .revoked, .stapleMissing, .stapleInvalid: return record.stapleWords
        case .daneMismatch where !record.hasUsableTLSA:
            return "none of them has usage 2 or 3 (RFC 7672 section 3.1)"
        default: break
        }
        guard let certificate else { return nil }
        switch self {
        case .expired: return "it ended at " + UTCText.describe(certificate.notAfter)
        case .notYetValid: return "it starts at " + UTCText.describe(certificate.notBefore)
        case .weakKey, .weakSignature:
            let key = "\(certificate.publicKeyKind) \(certificate.publicKeyBits) bits"
            return "\(key), \(certificate.signatureAlgorithm)"
        case .commonNameOnly:
            return "wanted \(Self.describe(verifyName)), which is only in the CN; "
                + "names count among the subject alternative names only"
        case .wrongHost:
            let names =
                certificate.names.isEmpty ? [certificate.commonName ?? ""] : certificate.names
            let some = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
            return "wanted \(Self.describe(verifyName)), it covers \(some)"
        case .untrusted, .missingIntermediate: return "issued by " + certificate.issuer
        case .daneMismatch:
            return "the records are \(record.tlsa.prefix(4).map(\.description))"
        default: return certificate.subject
        }
    }

    private static func describe(_ name: TLSVerifyName?) -> String {
        switch name {
        case .host(let host): host
        case .address(let bytes): AddressText.describe(bytes)
        case nil: "another name"
        }
    }
}
