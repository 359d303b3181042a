import COpenSSL

/// A certificate in the making. Names are taken as bytes, hostile ones included.
struct CertificateBuilder {
    private let handle: X509Handle
    private var x509: OpaquePointer { handle.pointer }

    init(commonName: String, key: KeyHandle) throws(TLSError) {
        ErrorQueue.clear()
        guard let x509 = X509_new() else {
            throw TLSError(.library, drainingInto: "no memory for a certificate")
        }
        handle = X509Handle(owning: x509)
        X509_set_version(x509, Int(X509_VERSION_3))
        let name = X509_get_subject_name(x509)
        // X.520 bounds a common name to 64 characters.
        let text = String(commonName.prefix(64))
        let added =
            text.utf8.isEmpty
            || X509_NAME_add_entry_by_NID(
                name,
                NID_commonName,
                MBSTRING_UTF8,
                Array(text.utf8),
                Int32(clamping: text.utf8.count),
                -1,
                0
            ) == 1
        guard added, X509_set_pubkey(x509, key.pointer) == 1 else {
            throw TLSError(.name, drainingInto: "common name \(commonName)")
        }
        // Positive and unique: the top bit is off, the next one on.
        var serial = SecureRandom.bytes(16)
        serial[0] = serial[0] & 0x3F | 0x40
        let number = BN_bin2bn(serial, Int32(serial.count), nil)
        defer { BN_free(number) }
        BN_to_ASN1_INTEGER(number, X509_get_serialNumber(x509))
    }

    func setValidity(from start: Int64, to end: Int64) {
        ASN1_TIME_set(X509_getm_notBefore(x509), time_t(start))
        ASN1_TIME_set(X509_getm_notAfter(x509), time_t(end))
    }

    /// Nil makes it its own issuer.
    func setIssuer(_ issuer: X509Handle?) throws(TLSError) {
        let name = X509_get_subject_name(issuer?.pointer ?? x509)
        guard X509_set_issuer_name(x509, name) == 1 else {
            throw TLSError(.library, drainingInto: "a certificate's issuer")
        }
        try addExtension(NID_subject_key_identifier, "hash", issuer: issuer)
        if issuer != nil { try addExtension(NID_authority_key_identifier, "keyid", issuer: issuer) }
    }

    func addAuthorityExtensions() throws(TLSError) {
        try addExtension(NID_basic_constraints, "critical,CA:TRUE")
        try addExtension(NID_key_usage, "critical,keyCertSign,cRLSign")
    }

    func addLeafExtensions() throws(TLSError) {
        try addExtension(NID_basic_constraints, "critical,CA:FALSE")
        try addExtension(NID_key_usage, "critical,digitalSignature,keyEncipherment")
        try addExtension(NID_ext_key_usage, "serverAuth,clientAuth")
    }

    /// Says where the issuer's certificate is to be had (RFC 5280 section 4.2.2.1), as public
    /// authorities do. Nobody fetches it: the name is reserved (RFC 6761).
    func addIssuerLocation() throws(TLSError) {
        try addExtension(NID_info_access, "caIssuers;URI:http://authority.test/issuer.der")
    }

    /// Adds subject alternative names: addresses where the text is one, else host names.
    func addNames(_ names: [[UInt8]]) throws(TLSError) {
        guard !names.isEmpty else { return }
        ErrorQueue.clear()
        guard let list = parley_names_new() else {
            throw TLSError(.library, drainingInto: "no memory for names")
        }
        defer { parley_names_free(list) }
        for name in names {
            guard Self.append(name, to: list) else {
                throw TLSError(.name, drainingInto: "certificate name")
            }
        }
        let added = X509_add1_ext_i2d(
            x509,
            NID_subject_alt_name,
            UnsafeMutableRawPointer(list),
            0,
            0
        )
        guard added == 1 else { throw TLSError(.name, drainingInto: "certificate names") }
    }

    /// Adds an extension that no library knows, below an arc that is reserved for examples
    /// (RFC 5612).
    func addUnknownExtension(_ number: Int, isCritical: Bool, _ value: [UInt8]) throws(TLSError) {
        ErrorQueue.clear()
        let identifier = "1.3.6.1.4.1.32473.1.\(number)"
        guard
            parley_x509_add_raw_extension(
                x509,
                identifier,
                isCritical ? 1 : 0,
                value,
                Int32(clamping: value.count)
            ) == 1
        else { throw TLSError(.library, drainingInto: "a certificate's extension") }
    }

    func sign(with key: KeyHandle) throws(TLSError) -> X509Handle {
        ErrorQueue.clear()
        guard X509_sign(x509, key.pointer, EVP_sha256()) > 0 else {
            throw TLSError(.library, drainingInto: "signing a certificate")
        }
        return handle
    }

    private static func append(_ name: [UInt8], to list: OpaquePointer) -> Bool {
        let address =
            name.contains(0) ? nil : AddressText.parse(String(decoding: name, as: UTF8.self))
        let bytes = address ?? name
        let kind = address == nil ? GEN_DNS : GEN_IPADD
        let type = address == nil ? V_ASN1_IA5STRING : V_ASN1_OCTET_STRING
        guard let size = Int32(exactly: bytes.count), let string = ASN1_STRING_type_new(type) else {
            return false
        }
        guard ASN1_STRING_set(string, bytes, size) == 1, let entry = GENERAL_NAME_new() else {
            ASN1_STRING_free(string)
            return false
        }
        GENERAL_NAME_set0_value(entry, kind, string)
        guard parley_names_push(list, entry) > 0 else {
            GENERAL_NAME_free(entry)
            return false
        }
        return true
    }

    private func addExtension(
        _ identifier: Int32,
        _ value: String,
        issuer: X509Handle? = nil
    ) throws(TLSError) {
        ErrorQueue.clear()
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer?.pointer ?? x509, x509, nil, nil, 0)
        guard let made = X509V3_EXT_conf_nid(nil, &context, identifier, value) else {
            throw TLSError(.library, drainingInto: "a certificate's extension")
        }
        defer { X509_EXTENSION_free(made) }
        guard X509_add_ext(x509, made, -1) == 1 else {
            throw TLSError(.library, drainingInto: "a certificate's extension")
        }
    }
}
