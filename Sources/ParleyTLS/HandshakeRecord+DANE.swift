import COpenSSL

extension HandshakeRecord {
    /// Notes whether one of the TLSA records vouches for the chain that was just verified.
    func judgeDANE(_ ssl: OpaquePointer?) {
        guard let ssl, !tlsa.isEmpty else { return }
        guard hasUsableTLSA else {
            note(X509_V_ERR_DANE_NO_MATCH, 0)
            isDANE = false
            return
        }
        isDANE = findings.isEmpty && SSL_get0_dane_authority(ssl, nil, nil) >= 0
    }
}

extension TLSEngine {
    /// Hands the usable records to OpenSSL; the others are passed over (RFC 7671 section 4.1).
    ///
    /// - Throws: `TLSError` of code `.name` where there is no host name to look records up for.
    func useDANE(_ records: [TLSARecord], name: TLSVerifyName?) throws(TLSError) {
        guard case .host(let host) = name else {
            throw TLSError(.name, "TLSA records belong to a host's name: say which with ‘name’")
        }
        record.tlsa = records
        let checked = try Self.checked(host)
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        guard SSL_dane_enable(ssl, checked) == 1 else {
            throw TLSError(.name, drainingInto: "TLSA records for \(host)")
        }
        for record in records where record.isUsable {
            let added = SSL_dane_tlsa_add(
                ssl,
                record.usage,
                record.selector,
                record.matching,
                record.data,
                record.data.count
            )
            if added == 1 { self.record.hasUsableTLSA = true }
        }
    }
}
