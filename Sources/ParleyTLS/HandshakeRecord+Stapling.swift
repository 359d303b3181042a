import COpenSSL
import Glibc

extension HandshakeRecord {
    /// Judges the stapled OCSP response before the handshake ends, so that a revoked certificate
    /// is refused like any other bad one.
    static let judgeStaple: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?) -> Int32 = {
        ssl,
        _ in
        // A resumed session was judged when it began.
        guard let ssl, let record = of(ssl), SSL_session_reused(ssl) == 0 else { return 1 }
        let verdict = record.staple(of: ssl)
        record.stapleWords = verdict.words
        switch verdict.status {
        case .good: break
        case .revoked: record.note(X509_V_ERR_CERT_REVOKED, 0)
        case .missing, .invalid:
            guard record.client?.demandsStapling == true else { break }
            record.note(
                verdict.status == .missing ? Finding.stapleMissing : Finding.stapleInvalid,
                0
            )
        }
        return record.findings.contains { record.refuses($0) } ? 0 : 1
    }

    private enum StapleStatus {
        case good, revoked, missing, invalid
    }

    /// How far clocks may be apart, in seconds.
    private static let leeway: Int64 = 300

    private func staple(of ssl: OpaquePointer) -> (status: StapleStatus, words: String?) {
        var bytes: UnsafePointer<UInt8>?
        let count = parley_ssl_stapled(ssl, &bytes)
        guard let bytes, count > 0 else { return (.missing, "the server stapled none") }
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        var cursor: UnsafePointer<UInt8>? = bytes
        guard let response = d2i_OCSP_RESPONSE(nil, &cursor, count) else {
            return (.invalid, "what was stapled is no OCSP response")
        }
        defer { OCSP_RESPONSE_free(response) }
        let status = OCSP_response_status(response)
        guard status == OCSP_RESPONSE_STATUS_SUCCESSFUL else {
            let name = String(cString: OCSP_response_status_str(Int(status)))
            return (.invalid, "the responder only said \(name)")
        }
        guard let basic = OCSP_response_get1_basic(response) else {
            return (.invalid, "what was stapled is no basic OCSP response")
        }
        defer { OCSP_BASICRESP_free(basic) }
        return judge(basic, SSL_get0_verified_chain(ssl))
    }

    private func judge(
        _ response: OpaquePointer,
        _ chain: OpaquePointer?
    ) -> (status: StapleStatus, words: String?) {
        guard let chain, let leaf = parley_certificates_at(chain, 0),
            let issuer = parley_certificates_at(chain, min(1, parley_certificates_count(chain) - 1))
        else { return (.invalid, "there is no chain to judge the OCSP response by") }
        guard Self.isSigned(response, by: issuer, chain, at: instant) else {
            return (.invalid, "the OCSP response is not signed by the certificate's issuer")
        }
        var status: Int32 = 0
        var reason: Int32 = 0
        var revoked: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        var thisUpdate: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        var nextUpdate: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        let isFound = [EVP_sha1(), EVP_sha256()].contains { digest in
            guard let id = OCSP_cert_to_id(digest, leaf, issuer) else { return false }
            defer { OCSP_CERTID_free(id) }
            return OCSP_resp_find_status(
                response,
                id,
                &status,
                &reason,
                &revoked,
                &thisUpdate,
                &nextUpdate
            ) == 1
        }
        guard isFound else { return (.invalid, "the OCSP response is about another certificate") }
        // X509_cmp_time is negative for a time before, and 0 for one that cannot be read.
        var latest = time_t(instant + Self.leeway)
        var earliest = time_t(instant - Self.leeway)
        guard X509_cmp_time(thisUpdate, &latest) < 0 else {
            return (.invalid, "the OCSP response is from the future")
        }
        guard nextUpdate == nil || X509_cmp_time(nextUpdate, &earliest) > 0 else {
            return (.invalid, "the OCSP response is out of date")
        }
        switch status {
        case V_OCSP_CERTSTATUS_GOOD: return (.good, nil)
        case V_OCSP_CERTSTATUS_REVOKED:
            let why = reason < 0 ? "" : ": " + String(cString: OCSP_crl_reason_str(Int(reason)))
            return (.revoked, "the stapled OCSP response says so\(why)")
        default: return (.invalid, "the responder does not know the certificate")
        }
    }

    private var instant: Int64 { verifyTime ?? Int64(time(nil)) }

    /// Whether the issuer itself, or whom it delegated that to, signed (RFC 6960 section 4.2.2.2).
    private static func isSigned(
        _ response: OpaquePointer,
        by issuer: OpaquePointer,
        _ chain: OpaquePointer,
        at instant: Int64
    ) -> Bool {
        guard let store = X509_STORE_new() else { return false }
        defer { X509_STORE_free(store) }
        X509_STORE_set_flags(store, UInt(X509_V_FLAG_PARTIAL_CHAIN))
        X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), time_t(instant))
        guard X509_STORE_add_cert(store, issuer) == 1 else { return false }
        return OCSP_basic_verify(response, chain, store, 0) == 1
    }
}
