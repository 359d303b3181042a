import COpenSSL
import Glibc

/// Makes the responses of an OCSP service, for scripted servers to staple.
enum OCSPResponse {
    /// A response in DER about one certificate, signed by its issuer. Times are seconds since 1970.
    static func make(
        about certificate: X509Handle,
        issuer: X509Handle,
        key: KeyHandle,
        revokedAt: Int64?,
        from start: Int64,
        to end: Int64
    ) throws(TLSError) -> [UInt8] {
        ErrorQueue.clear()
        let problem = "an OCSP response"
        guard let basic = OCSP_BASICRESP_new() else { throw TLSError(.library, problem) }
        defer { OCSP_BASICRESP_free(basic) }
        let name = OCSP_cert_to_id(EVP_sha1(), certificate.pointer, issuer.pointer)
        defer { OCSP_CERTID_free(name) }
        let (thisUpdate, nextUpdate) = (
            ASN1_TIME_set(nil, time_t(start)), ASN1_TIME_set(nil, time_t(end))
        )
        let revoked = revokedAt.flatMap { ASN1_TIME_set(nil, time_t($0)) }
        defer {
            ASN1_TIME_free(thisUpdate)
            ASN1_TIME_free(nextUpdate)
            ASN1_TIME_free(revoked)
        }
        let status = revokedAt == nil ? V_OCSP_CERTSTATUS_GOOD : V_OCSP_CERTSTATUS_REVOKED
        guard let name,
            OCSP_basic_add1_status(
                basic,
                name,
                status,
                OCSP_REVOKED_STATUS_UNSPECIFIED,
                revoked,
                thisUpdate,
                nextUpdate
            ) != nil,
            OCSP_basic_sign(basic, issuer.pointer, key.pointer, EVP_sha256(), nil, 0) == 1,
            let response = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic)
        else { throw TLSError(.library, drainingInto: problem) }
        defer { OCSP_RESPONSE_free(response) }
        guard let bytes = DER.octets({ i2d_OCSP_RESPONSE(response, $0) }) else {
            throw TLSError(.library, drainingInto: problem)
        }
        return bytes
    }
}
