import COpenSSL

extension Certificate {
    /// Whether the certificate is one for this host name or IP address (RFC 6125, RFC 9525).
    ///
    /// A host name matches the host names among the alternative names only, never the common name
    /// (RFC 9525 section 2). A wildcard stands for one whole leftmost label. An address matches
    /// addresses only.
    public func covers(_ host: String) -> Bool {
        matches(host, Self.hostFlags)
    }

    /// Whether the host name stands in the common name only, where nobody looks any more.
    public func namesOnlyInCommonName(_ host: String) -> Bool {
        guard commonName != nil, AddressText.parse(host) == nil, !covers(host) else { return false }
        return matches(host, UInt32(X509_CHECK_FLAG_ALWAYS_CHECK_SUBJECT))
    }

    /// How host names are compared.
    static let hostFlags =
        UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS) | UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT)

    private func matches(_ host: String, _ flags: UInt32) -> Bool {
        let name = host.hasSuffix(".") ? String(host.dropLast()) : host
        guard !name.isEmpty, name.utf8.count <= 255, !name.utf8.contains(0),
            let handle = X509Handle(der: der)
        else { return false }
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        if let address = AddressText.parse(name) {
            return X509_check_ip(handle.pointer, address, address.count, 0) == 1
        }
        return X509_check_host(
            handle.pointer,
            name,
            name.utf8.count,
            flags,
            nil
        ) == 1
    }

    /// The pin of the public key as RFC 7469 section 2.4 writes it: the SHA-256 of its
    /// SubjectPublicKeyInfo, in base64; empty where that is unreadable.
    public var publicKeyPin: String {
        guard let key = encodedPublicKey else { return "" }
        return String(decoding: Self.base64(Digest.sha256(key)), as: UTF8.self)
    }

    /// The SHA-1 fingerprint of the whole certificate in lower-case hexadecimal, for comparing with
    /// old lists only.
    public var sha1: String { SafeText.hex(Digest.sha1(der)) }

    /// The SubjectPublicKeyInfo (X.690 DER).
    var encodedPublicKey: [UInt8]? {
        guard let handle = X509Handle(der: der), let key = X509_get_X509_PUBKEY(handle.pointer)
        else { return nil }
        return DER.octets(limit: der.count) { i2d_X509_PUBKEY(key, $0) }
    }

    /// Whether it says where its issuer's certificate can be had (RFC 5280 section 4.2.2.1), as
    /// those of public authorities do that an intermediate issued.
    var namesIssuerLocation: Bool {
        guard let handle = X509Handle(der: der) else { return false }
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        return parley_names_issuer_location(handle.pointer) == 1
    }

    /// The certificate as PEM text (RFC 7468).
    public var pem: String {
        let encoded = Self.base64(der)
        var text = "-----BEGIN CERTIFICATE-----\n"
        for start in stride(from: 0, to: encoded.count, by: 64) {
            text += String(decoding: encoded[start...].prefix(64), as: UTF8.self) + "\n"
        }
        return text + "-----END CERTIFICATE-----\n"
    }

    private static func base64(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        // OpenSSL writes a NUL behind it.
        var encoded = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
        let count = EVP_EncodeBlock(&encoded, bytes, Int32(clamping: bytes.count))
        return encoded.prefix(Int(max(0, count)))
    }
}
