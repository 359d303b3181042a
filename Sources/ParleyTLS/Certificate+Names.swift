import COpenSSL

extension Certificate {
    /// Whether the certificate is one for this host name or IP address (RFC 6125, RFC 9525).
    ///
    /// A host name matches the host names among the alternative names and, only where there are
    /// none, the common name. A wildcard stands for one whole leftmost label. An address matches
    /// addresses only.
    public func covers(_ host: String) -> Bool {
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
            UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS),
            nil
        ) == 1
    }

    /// The certificate as PEM text (RFC 7468).
    public var pem: String {
        var encoded = [UInt8](repeating: 0, count: (der.count + 2) / 3 * 4 + 1)
        let count = Int(max(0, EVP_EncodeBlock(&encoded, der, Int32(clamping: der.count))))
        var text = "-----BEGIN CERTIFICATE-----\n"
        for start in stride(from: 0, to: count, by: 64) {
            text += String(decoding: encoded[start..<min(count, start + 64)], as: UTF8.self) + "\n"
        }
        return text + "-----END CERTIFICATE-----\n"
    }
}
