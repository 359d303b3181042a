import COpenSSL
import Glibc

extension Certificate {
    private static let textLimit = 1024
    private static let nameLimit = 1000

    /// Reads one certificate; nil where the bytes are none.
    public init?(der: [UInt8]) {
        guard let handle = X509Handle(der: der) else { return nil }
        self.init(handle)
    }

    /// Reads every certificate of a PEM text, in order.
    ///
    /// - Throws: `TLSError` of code `.unreadable` where there is none or one is broken.
    public static func read(pem: [UInt8]) throws(TLSError) -> [Certificate] {
        try PEMReader.certificates(pem, named: "the PEM text").compactMap(Certificate.init)
    }

    init?(_ handle: X509Handle) {
        let x509 = handle.pointer
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        guard let der = DER.octets(limit: 1 << 20, { i2d_X509(x509, $0) }) else { return nil }
        self.der = der
        sha256 = SafeText.hex(Digest.sha256(der))
        subject = Self.describe(X509_get_subject_name(x509))
        issuer = Self.describe(X509_get_issuer_name(x509))
        commonName = Self.commonName(of: x509)
        (hostNames, addresses) = Self.alternativeNames(of: x509)
        notBefore = Self.seconds(X509_get0_notBefore(x509))
        notAfter = Self.seconds(X509_get0_notAfter(x509))
        serial = Self.serial(of: x509)
        let key = X509_get0_pubkey(x509)
        publicKeyKind = key.map(Self.kind) ?? "unknown"
        publicKeyBits = key.map { Int(EVP_PKEY_get_bits($0)) } ?? 0
        let signature = OBJ_nid2ln(X509_get_signature_nid(x509)).map { String(cString: $0) }
        signatureAlgorithm = signature ?? "unknown"
        isAuthority = X509_check_ca(x509) > 0
        isSelfSigned = X509_self_signed(x509, 0) == 1
    }

    private static func describe(_ name: OpaquePointer?) -> String {
        guard let name, let bio = BIO_new(BIO_s_mem()) else { return "" }
        defer { BIO_free(bio) }
        guard parley_print_name(bio, name) >= 0 else { return "" }
        var text: UnsafePointer<CChar>?
        let count = parley_bio_memory(bio, &text)
        guard let text, count > 0 else { return "" }
        return SafeText.escape(UnsafeRawBufferPointer(start: text, count: count), limit: textLimit)
    }

    private static func commonName(of x509: OpaquePointer) -> String? {
        let subject = X509_get_subject_name(x509)
        var last: Int32 = -1
        while true {
            let next = X509_NAME_get_index_by_NID(subject, NID_commonName, last)
            guard next >= 0 else { break }
            last = next
        }
        guard last >= 0, let entry = X509_NAME_get_entry(subject, last) else { return nil }
        var text: UnsafeMutablePointer<UInt8>?
        let count = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry))
        guard let text, count >= 0 else { return nil }
        defer { parley_free(text) }
        return SafeText.escape(
            UnsafeBufferPointer(start: text, count: Int(count)),
            limit: textLimit
        )
    }

    private static func alternativeNames(
        of x509: OpaquePointer
    ) -> (hosts: [String], addresses: [String]) {
        let found = X509_get_ext_d2i(x509, NID_subject_alt_name, nil, nil)
        guard let found else { return ([], []) }
        let names = OpaquePointer(found)
        defer { parley_names_free(names) }
        var hosts: [String] = []
        var addresses: [String] = []
        for index in 0..<min(nameLimit, Int(parley_names_count(names))) {
            var kind: Int32 = 0
            guard let name = parley_names_at(names, Int32(index)),
                let value = GENERAL_NAME_get0_value(name, &kind),
                kind == GEN_DNS || kind == GEN_IPADD
            else { continue }
            let string = value.assumingMemoryBound(to: ASN1_STRING.self)
            let bytes = [UInt8](
                UnsafeBufferPointer(
                    start: ASN1_STRING_get0_data(string),
                    count: Int(max(0, ASN1_STRING_length(string)))
                )
            )
            if kind == GEN_IPADD {
                addresses.append(AddressText.describe(Array(bytes.prefix(64))))
            } else if !bytes.contains(0) {
                hosts.append(SafeText.escape(bytes, limit: 255))
            }
        }
        return (hosts, addresses)
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64 {
        var parts = tm()
        guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else { return 0 }
        return Int64(timegm(&parts))
    }

    private static func serial(of x509: OpaquePointer) -> String {
        guard let number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(x509), nil) else { return "" }
        defer { BN_free(number) }
        // RFC 5280 section 4.1.2.2 allows 20 bytes; more is cut, never refused.
        guard BN_num_bits(number) <= 8 * 256, let text = BN_bn2hex(number) else { return "" }
        defer { parley_free(text) }
        return String(cString: text).lowercased()
    }

    private static func kind(of key: OpaquePointer) -> String {
        switch EVP_PKEY_get_base_id(key) {
        case EVP_PKEY_RSA: "RSA"
        case EVP_PKEY_RSA_PSS: "RSA-PSS"
        case EVP_PKEY_EC: "EC"
        case EVP_PKEY_ED25519: "Ed25519"
        case EVP_PKEY_ED448: "Ed448"
        case EVP_PKEY_DSA: "DSA"
        default: EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "unknown"
        }
    }
}

extension X509Handle {
    /// Reads DER; nil where it is no certificate or more follows it.
    convenience init?(der: [UInt8]) {
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        let x509: OpaquePointer? = der.withUnsafeBufferPointer { bytes in
            var cursor = bytes.baseAddress
            guard let x509 = d2i_X509(nil, &cursor, bytes.count) else { return nil }
            guard cursor == bytes.baseAddress.map({ $0 + bytes.count }) else {
                X509_free(x509)
                return nil
            }
            return x509
        }
        guard let x509 else { return nil }
        self.init(owning: x509)
    }
}
